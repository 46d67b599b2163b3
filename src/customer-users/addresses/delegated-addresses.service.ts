import { Injectable } from '@nestjs/common';
import {
  AddressBooks,
  type AddressChange,
  AddressMissing,
  type AddressView,
  CustomerAddresses,
  CustomerAddressPermission,
} from '../../customers/index.js';
import { requirePermission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { DomainError, InvalidInput } from '../../platform/errors/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { Page, RequestOf } from '../../platform/listing/index.js';
import { CustomerUserAddresses } from './customer-user-addresses.service.js';
import { oneOwner } from '../customer-users.errors.js';
import { CustomerUserAddressPermission } from '../customer-users.permissions.js';
import type { OwnedAddressDraft, OwnedAddressView } from './storefront-addresses.dto.js';
import type { storefrontAddressListing } from './storefront-addresses.listing.js';

/** Whose an address book is: a customer's, or a customer user's. */
interface Owner {
  customerId?: number | null;
  customerUserId?: number | null;
}

/** The address books that customer users reach, those of customers and of customer users alike. */
@Injectable()
export class DelegatedAddresses {
  constructor(
    private readonly books: AddressBooks,
    private readonly ofCustomers: CustomerAddresses,
    private readonly ofPeople: CustomerUserAddresses,
    private readonly context: CurrentContext,
  ) {}

  /** Throws `NotFound` where the owner is not there for the caller. */
  async list(request: RequestOf<typeof storefrontAddressListing>): Promise<Page<OwnedAddressView>> {
    if (!isOne(request.parameters)) throw new InvalidInput([{ ...oneOwner, pointer: 'customerUserId' }]);
    const { ownerId, of, permissions, owned } = this.bookOf(request.parameters);
    requirePermission(this.context.principal(), permissions.view.name);
    const { items, page } = await of.list(ownerId, request);
    return { items: items.map(owned), page };
  }

  async get(id: number): Promise<OwnedAddressView> {
    return (await this.visible(id)).address;
  }

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning; `NotFound` as {@link list}. */
  async add({ members: { customerId, customerUserId, ...members }, faults }: Checked<OwnedAddressDraft>): Promise<OwnedAddressView> {
    const owner = { customerId, customerUserId };
    if (faults.some(({ pointer }) => pointer === '/customerId' || pointer === '/customerUserId')) throw new InvalidInput(faults);
    if (!isOne(owner)) throw new InvalidInput([oneOwner, ...faults]);
    const { ownerId, of, permissions, owned } = this.bookOf(owner);
    requirePermission(this.context.principal(), permissions.create.name);
    return owned(await of.add(ownerId, { members, faults }));
  }

  async change(id: number, change: Checked<AddressChange>): Promise<OwnedAddressView> {
    const { ownerId, of, permissions, owned } = await this.visible(id);
    requirePermission(this.context.principal(), permissions.edit.name);
    return owned(await of.change(ownerId, id, change));
  }

  async remove(id: number): Promise<void> {
    const { ownerId, of, permissions } = await this.visible(id);
    requirePermission(this.context.principal(), permissions.delete.name);
    await of.remove(ownerId, id);
  }

  /** The address when the caller may see it, with the book that it stands in. Throws `AddressMissing`. */
  private async visible(id: number) {
    const owner = await this.books.ownerOf(id);
    if (!owner) throw new AddressMissing();
    const book = this.bookOf(owner);
    try {
      requirePermission(this.context.principal(), book.permissions.view.name);
      return { ...book, address: book.owned(await book.of.get(book.ownerId, id)) };
    } catch (error) {
      const isHidden = error instanceof DomainError && (error.kind === 'missing' || error.kind === 'forbidden');
      throw isHidden ? new AddressMissing() : error;
    }
  }

  private bookOf({ customerId = null, customerUserId = null }: Owner) {
    const owned = (address: AddressView): OwnedAddressView => ({ ...address, customerId, customerUserId });
    return customerId === null
      ? { ownerId: customerUserId ?? 0, of: this.ofPeople, permissions: CustomerUserAddressPermission, owned }
      : { ownerId: customerId, of: this.ofCustomers, permissions: CustomerAddressPermission, owned };
  }
}

const isOne = ({ customerId, customerUserId }: Owner): boolean => (customerId === undefined) !== (customerUserId === undefined);
