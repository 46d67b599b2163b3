import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { findMany, insertMany, updateMany, UnitOfWork } from '../../platform/database/index.js';
import { History } from '../../platform/history/index.js';
import type { BookOwner } from './address-book.js';
import type { ImportedBook } from './address-import-books.js';
import { entryOf, PLAIN_MEMBERS } from './address-views.js';
import { Address } from './address.entity.js';

const CHANGEABLE = [...PLAIN_MEMBERS, ...(['isPrimary', 'billing', 'defaultBilling', 'shipping', 'defaultShipping', 'updatedAt'] as const)];

type Kind = BookOwner['kind'];

const memberOf = (kind: Kind) => (kind === 'customer' ? 'customerId' : 'customerUserId');

/** Reads and writes many address books at once. Who calls holds locks on their owners. */
@Injectable()
export class AddressImportWriting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** By their ids, the owners of addresses of the kind in the organization. */
  async ownersOf(kind: Kind, organizationId: number, addressIds: readonly number[]): Promise<Map<number, number>> {
    const found = await findMany(this.work.manager, Address, 'id', addressIds, { where: { organizationId } });
    return new Map(found.flatMap((address) => (address[memberOf(kind)] === null ? [] : [[address.id, address[memberOf(kind)] ?? 0]])));
  }

  async books(kind: Kind, ownerIds: readonly number[]): Promise<Map<number, ImportedBook>> {
    const member = memberOf(kind);
    const books = new Map(ownerIds.map((ownerId) => [ownerId, { ownerId, before: [] as Address[], rows: [] as Address[] }]));
    const found = await findMany(this.work.manager, Address, member, ownerIds);
    for (const address of found.sort((one, other) => one.id - other.id)) {
      books.get(address[member] ?? 0)?.before.push(address);
      books.get(address[member] ?? 0)?.rows.push(address);
    }
    return books;
  }

  /** Writes what has changed in the books; answers whose. */
  async write(kind: Kind, organizationId: number, books: readonly ImportedBook[]): Promise<number[]> {
    const updatedAt = this.clock.now();
    const changes = books.flatMap((book) => {
      const before = new Map(book.before.map((address) => [address.id, address]));
      const added = book.rows.filter(({ id }) => id < 0);
      const changed = book.rows.filter(
        ({ id, ...address }) => before.has(id) && !isDeepStrictEqual({ ...before.get(id) }, { id, ...address }),
      );
      const removed = book.before.filter(({ id }) => !book.rows.some((address) => address.id === id));
      return added.length + changed.length + removed.length === 0 ? [] : [{ book, before, added, changed, removed }];
    });
    const owned = { customerId: null, customerUserId: null };
    for (const { book, added, changed } of changes) {
      for (const address of added)
        Object.assign(address, { organizationId, ...owned, [memberOf(kind)]: book.ownerId, createdAt: updatedAt, updatedAt });
      for (const address of changed) address.updatedAt = updatedAt;
    }
    const removed = changes.flatMap((change) => change.removed.map(({ id }) => id));
    if (removed.length > 0) await this.work.repository(Address).delete({ id: In(removed) });
    const added = changes.flatMap((change) => change.added);
    const ids = await insertMany(this.work.manager, Address, added);
    added.forEach((address, i) => (address.id = ids[i] ?? 0));
    await updateMany(
      this.work.manager,
      Address,
      changes.flatMap(({ changed }) => changed),
      CHANGEABLE,
    );
    const acts = changes.map(({ book, before, added: come, changed, removed: gone }) => ({
      row: { id: book.ownerId, organizationId },
      action: 'changed',
      changes: {
        addresses: {
          old: [...changed.flatMap(({ id }) => before.get(id) ?? []), ...gone].map(entryOf),
          new: [...changed, ...come].map(entryOf),
        },
      },
    }));
    await this.history.notedMany(kind, acts);
    return changes.map(({ book }) => book.ownerId);
  }
}
