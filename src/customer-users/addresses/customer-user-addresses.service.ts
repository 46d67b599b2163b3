import { Injectable } from '@nestjs/common';
import {
  type AddressBook,
  AddressBooks,
  type AddressChange,
  type AddressDraft,
  type AddressEntry,
  type AddressEntryView,
  type AddressView,
  type BookOwner,
} from '../../customers/index.js';
import { type Permission, requirePermission } from '../../platform/authorization/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { MemberFault } from '../../platform/errors/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUserErased } from '../customer-users.errors.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { isSelf } from '../self.js';

/** The address books of the customer users whom the caller reaches. */
@Injectable()
export class CustomerUserAddresses {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly books: AddressBooks,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(personId: number, request: ListRequest): Promise<Page<AddressView>> {
    return this.books.list(ownerOf(await this.reached(personId, CustomerUserAddressPermission.view)), request);
  }

  async get(personId: number, id: number): Promise<AddressView> {
    return this.books.get(ownerOf(await this.reached(personId, CustomerUserAddressPermission.view)), id);
  }

  add(personId: number, draft: Checked<AddressDraft>): Promise<AddressView> {
    return this.writing(personId, CustomerUserAddressPermission.create, (owner) => this.books.add(owner, draft));
  }

  change(personId: number, id: number, change: Checked<AddressChange>): Promise<AddressView> {
    return this.writing(personId, CustomerUserAddressPermission.edit, (owner) => this.books.change(owner, id, change));
  }

  remove(personId: number, id: number): Promise<void> {
    return this.writing(personId, CustomerUserAddressPermission.delete, (owner) => this.books.remove(owner, id));
  }

  /**
   * His book as it would be with the entries alone, not written yet; of somebody who is yet to be created without a person. Throws
   * `PermissionMissing` where the caller may not do to addresses what that takes.
   */
  async planned(person: CustomerUser | undefined, entries: readonly AddressEntry[], faults: readonly MemberFault[]): Promise<AddressBook> {
    const book = await this.books.planned(person && ownerOf(person), entries, faults);
    const { changed, removed } = book.settle();
    const { create, edit, delete: remove } = CustomerUserAddressPermission;
    if (changed.some((row) => !book.asItWas(row))) await this.require(create, person);
    if (changed.some((row) => book.asItWas(row))) await this.require(edit, person);
    if (removed.length > 0) await this.require(remove, person);
    return book;
  }

  /** Writes a planned book; whether it has changed. */
  write(person: CustomerUser, book: AddressBook): Promise<boolean> {
    return this.books.write(ownerOf(person), book);
  }

  /** The books that the caller may see, of all people of a page in one query. */
  async shown(people: readonly CustomerUser[]): Promise<Map<number, AddressEntryView[]>> {
    return this.books.entriesOf('customer_user', await this.visible(people.map(({ id }) => id)));
  }

  /** Whether the caller may see the book of somebody whom he sees. */
  async isShown(personId: number): Promise<boolean> {
    return (await this.visible([personId])).length > 0;
  }

  private async visible(ids: readonly number[]): Promise<readonly number[]> {
    const { rights } = this.context.findPrincipal() ?? {};
    if (!rights) return ids;
    const level = rights.level(CustomerUserAddressPermission.view.name);
    if (level === 'none' || ids.length === 0) return [];
    if (level === rights.level(CustomerUserPermission.view.name)) return ids;
    const reached = this.people.reached(CustomerUserAddressPermission.view).andWhere('person.id IN (:...ids)', { ids });
    return (await reached.select('person.id').getMany()).map(({ id }) => id);
  }

  private async require(permission: Permission, person: CustomerUser | undefined): Promise<void> {
    if (person) await this.people.getFor(person.id, permission);
    else requirePermission(this.context.principal(), permission.name);
  }

  private reached(personId: number, permission: Permission): Promise<CustomerUser> {
    // Himself somebody knows, whether or not he may see customer users.
    const isOwn = isSelf(this.context.principal(), personId);
    return isOwn ? this.people.get(personId, permission) : this.people.getFor(personId, permission);
  }

  private writing<T>(personId: number, permission: Permission, write: (owner: BookOwner) => Promise<T>): Promise<T> {
    return this.work.run(async () => {
      await this.people.lock(personId);
      const person = await this.reached(personId, permission);
      if (person.erasedAt !== null) throw new CustomerUserErased();
      // The book is a part of him: his version tells that it has changed.
      const touch = () => this.people.save(Object.assign(person, { updatedAt: this.clock.now() }), { stays: true });
      return write({ ...ownerOf(person), touch });
    });
  }
}

const ownerOf = ({ id, organizationId }: CustomerUser): BookOwner => ({ kind: 'customer_user', id, organizationId });
