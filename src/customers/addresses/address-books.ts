import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../../platform/errors/index.js';
import { History, HistoryOfPeople } from '../../platform/history/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { AddressBook, type BookOwner } from './address-book.js';
import { addressView, entryOf } from './address-views.js';
import { Address } from './address.entity.js';
import type { AddressChange, AddressDraft, AddressEntry, AddressEntryView, AddressView } from './addresses.dto.js';
import { AddressMissing } from './addresses.errors.js';
import { addressListing } from './addresses.listing.js';

/**
 * The address books of customers and customer users. Who calls has found that the caller may do it, and holds a lock on the owner's row
 * for whatever writes: two at once would leave two primary addresses.
 */
@Injectable()
export class AddressBooks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly history: History,
    private readonly past: HistoryOfPeople,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(owner: BookOwner, request: ListRequest): Promise<Page<AddressView>> {
    const query = this.work.repository(Address).createQueryBuilder('address').where(ownedBy(owner));
    const { rows, page } = await addressListing.page(query, request);
    return { items: rows.map(addressView), page };
  }

  async get(owner: BookOwner, id: number): Promise<AddressView> {
    const row = await this.work.repository(Address).findOneBy({ id, ...ownedBy(owner) });
    if (!row) throw new AddressMissing();
    return addressView(row);
  }

  /** Whose an address is; whoever asks. */
  async ownerOf(id: number): Promise<Pick<Address, 'customerId' | 'customerUserId'> | undefined> {
    const select = { id: true, customerId: true, customerUserId: true } as const;
    return (await this.work.repository(Address).findOne({ select, where: { id } })) ?? undefined;
  }

  /** The whole books of many owners of a kind, in one query. */
  async entriesOf(kind: BookOwner['kind'], ownerIds: readonly number[]): Promise<Map<number, AddressEntryView[]>> {
    const books = new Map<number, AddressEntryView[]>(ownerIds.map((id) => [id, []]));
    if (ownerIds.length === 0) return books;
    const member = kind === 'customer' ? 'customerId' : 'customerUserId';
    const rows = await this.work.repository(Address).find({ where: { [member]: In([...new Set(ownerIds)]) }, order: { id: 'ASC' } });
    for (const row of rows) books.get(row[member] ?? 0)?.push(entryOf(row));
    return books;
  }

  async add(owner: BookOwner, { members, faults }: Checked<AddressDraft>): Promise<AddressView> {
    const book = await this.open(owner, faults);
    const address = await book.put(members, undefined);
    await this.write(owner, book);
    return addressView(address);
  }

  async change(owner: BookOwner, id: number, { members, faults }: Checked<AddressChange>): Promise<AddressView> {
    const book = await this.open(owner, faults);
    const address = await book.put(members, this.found(book, id));
    await this.write(owner, book);
    return addressView(address);
  }

  async remove(owner: BookOwner, id: number): Promise<void> {
    const book = await this.open(owner);
    book.remove(this.found(book, id));
    await this.write(owner, book);
  }

  /** The book as the entries would make it, not written yet; of somebody who is yet to be created without an owner. */
  async planned(owner: BookOwner | undefined, entries: readonly AddressEntry[], faults: readonly MemberFault[]): Promise<AddressBook> {
    const book = owner ? await this.open(owner, faults) : new AddressBook([], faults);
    await book.replace(entries, '/addresses');
    return book;
  }

  /** Writes what has changed in the book, and its history. Throws `InvalidInput` with every broken rule. */
  async write(owner: BookOwner, book: AddressBook): Promise<boolean> {
    const { faults, changed, removed } = book.settle();
    if (faults.length > 0) throw new InvalidInput(faults);
    if (changed.length === 0 && removed.length === 0) return false;
    const before = [...changed.flatMap((row) => book.asItWas(row) ?? []), ...removed].map(entryOf);
    const addresses = this.work.repository(Address);
    if (removed.length > 0) await addresses.delete({ id: In(removed.map(({ id }) => id)) });
    const updatedAt = this.clock.now();
    for (const row of changed) {
      const { organizationId } = owner;
      if (!book.asItWas(row)) Object.assign(row, { organizationId, ...NOBODY, ...ownedBy(owner), createdAt: updatedAt });
      await addresses.save(Object.assign(row, { updatedAt }));
    }
    await owner.touch?.();
    await this.history.noted(owner.kind, owner, 'changed', { addresses: { old: before, new: changed.map(entryOf) } });
    return true;
  }

  /** Removes every address of an owner who is erased, without a word of them in the history. */
  async clear(owner: BookOwner): Promise<void> {
    await this.work.repository(Address).delete(ownedBy(owner));
  }

  /** Takes the names of somebody who is erased, and the phone number beside them, from the addresses of others and their history. */
  async forgetName(owner: BookOwner, isHis: (name: string) => boolean, erased: { firstName: string; lastName: string }): Promise<void> {
    const names = ({ firstName, lastName }: Pick<Address, 'firstName' | 'lastName'>) => isHis(`${firstName ?? ''} ${lastName ?? ''}`);
    const { rows } = await this.open(owner);
    for (const row of rows.filter((address) => names(address) || isHis(address.company ?? ''))) {
      const person = names(row) && { ...NAMELESS, ...erased };
      const company = isHis(row.company ?? '') && { company: `${erased.firstName} ${erased.lastName}` };
      await this.work.repository(Address).update({ id: row.id }, { ...person, ...company, updatedAt: this.clock.now() });
    }
    const told = (value: unknown) =>
      Array.isArray(value) && (value as Address[]).some((entry) => names(entry) || isHis(entry.company ?? ''));
    await this.past.blot(owner.kind, owner.id, (member, value) => member === 'addresses' && told(value));
  }

  private async open(owner: BookOwner, faults: readonly MemberFault[] = []): Promise<AddressBook> {
    const rows = await this.work.repository(Address).find({ where: ownedBy(owner), order: { id: 'ASC' } });
    return new AddressBook(rows, faults);
  }

  /** The address of the book, in the version that the caller demands. */
  private found({ rows }: AddressBook, id: number): Address {
    const row = rows.find((candidate) => candidate.id === id);
    if (!row) throw new AddressMissing();
    this.context.refuseStale(row.version);
    return row;
  }
}

const NAMELESS = { namePrefix: null, middleName: null, nameSuffix: null, phone: null };

const NOBODY = { customerId: null, customerUserId: null };

const ownedBy = ({ kind, id }: BookOwner) => (kind === 'customer' ? { customerId: id } : { customerUserId: id });
