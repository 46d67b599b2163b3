import { Injectable } from '@nestjs/common';
import { CustomerUserUse } from '../customer-users/index.js';
import { CustomerUse } from '../customers/index.js';
import type { Permission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { History } from '../platform/history/index.js';
import { historyOf } from './document-history.js';
import { DOCUMENT_KINDS, inWords } from './document-kinds.js';
import { DocumentUsesRepository } from './document-uses.repository.js';

/** The documents of a customer. */
@Injectable()
export class CustomerDocuments extends CustomerUse {
  constructor(private readonly documents: DocumentUsesRepository) {
    super();
  }

  async uses(customerId: number): Promise<readonly string[]> {
    return inWords(await this.documents.count({ customerId }));
  }
}

/** The documents of customer users, who leave them behind when they go to another customer. */
@Injectable()
export class CustomerUserDocuments extends CustomerUserUse {
  constructor(
    private readonly documents: DocumentUsesRepository,
    private readonly history: History,
    private readonly clock: Clock,
  ) {
    super();
  }

  async uses(customerUserId: number): Promise<readonly string[]> {
    return inWords(await this.documents.count({ customerUserId }));
  }

  async lacking(customerUserIds: readonly number[]): Promise<ReadonlyMap<number, readonly Permission[]>> {
    const lacking = new Map<number, Permission[]>();
    const uses = await this.documents.kindsOf(customerUserIds);
    for (const kind of DOCUMENT_KINDS) {
      const { edit } = kind.permissions;
      const users = uses.filter((use) => use.kind === kind.entity).map(({ customerUserId }) => customerUserId);
      for (const id of await this.documents.beyondReach(kind, edit, users)) lacking.set(id, [...(lacking.get(id) ?? []), edit]);
    }
    return lacking;
  }

  async release(customerUserIds: readonly number[]): Promise<void> {
    for (;;) {
      const rows = await this.documents.someOf(customerUserIds);
      if (rows.length === 0) return;
      await this.documents.clearPeople(
        rows.map(({ id }) => id),
        this.clock.now(),
      );
      for (const { entity } of DOCUMENT_KINDS) {
        const changes = rows.filter(({ kind }) => kind === entity).map((row) => ({ before: row, after: { ...row, customerUserId: null } }));
        await this.history.changedMany(historyOf(entity), changes);
      }
    }
  }
}
