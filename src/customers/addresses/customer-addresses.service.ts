import { Injectable } from '@nestjs/common';
import type { Permission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import type { BookOwner } from './address-book.js';
import { AddressBooks } from './address-books.js';
import type { AddressChange, AddressDraft, AddressView } from './addresses.dto.js';
import { CustomerAddressPermission } from '../customers.permissions.js';
import { CustomersRepository } from '../customers.repository.js';

/** The address books of the customers that the caller reaches. */
@Injectable()
export class CustomerAddresses {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly books: AddressBooks,
    private readonly context: CurrentContext,
  ) {}

  async list(customerId: number, request: ListRequest): Promise<Page<AddressView>> {
    return this.books.list(await this.owner(customerId, CustomerAddressPermission.view), request);
  }

  async get(customerId: number, id: number): Promise<AddressView> {
    return this.books.get(await this.owner(customerId, CustomerAddressPermission.view), id);
  }

  add(customerId: number, draft: Checked<AddressDraft>): Promise<AddressView> {
    return this.writing(customerId, CustomerAddressPermission.create, (owner) => this.books.add(owner, draft));
  }

  change(customerId: number, id: number, change: Checked<AddressChange>): Promise<AddressView> {
    return this.writing(customerId, CustomerAddressPermission.edit, (owner) => this.books.change(owner, id, change));
  }

  remove(customerId: number, id: number): Promise<void> {
    return this.writing(customerId, CustomerAddressPermission.delete, (owner) => this.books.remove(owner, id));
  }

  private writing<T>(customerId: number, permission: Permission, write: (owner: BookOwner) => Promise<T>): Promise<T> {
    return this.work.run(async () => {
      await this.customers.lock(customerId);
      return write(await this.owner(customerId, permission));
    });
  }

  private async owner(id: number, permission: Permission): Promise<BookOwner> {
    // His own customer somebody knows, whether or not he may see customers.
    const isOwn = this.context.principal().customerId === id;
    const { organizationId } = await (isOwn ? this.customers.get(id, permission) : this.customers.getFor(id, permission));
    return { kind: 'customer', id, organizationId };
  }
}
