import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import type { Checked } from '../platform/http/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import type { CustomerUserView } from './customer-users.dto.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { CustomerUsers } from './customer-users.service.js';
import type { Acted } from './life-cycle.service.js';
import type {
  StorefrontCustomerUserChange,
  StorefrontCustomerUserDraft,
  StorefrontCustomerUserView,
} from './storefront-customer-users.dto.js';

/** Customer users as far as customer users manage each other. */
@Injectable()
export class DelegatedCustomerUsers {
  constructor(
    private readonly customerUsers: CustomerUsers,
    private readonly people: CustomerUsersRepository,
    private readonly context: CurrentContext,
  ) {}

  async list(request: ListRequest): Promise<Page<StorefrontCustomerUserView>> {
    const { items, page } = await this.customerUsers.list(request);
    return { items: items.map(shown), page };
  }

  async get(id: number): Promise<StorefrontCustomerUserView> {
    return shown(await this.customerUsers.get(id));
  }

  /** For the caller's own customer where none is named, and his own website in any case. */
  async create({ members, faults }: Checked<StorefrontCustomerUserDraft>): Promise<StorefrontCustomerUserView> {
    const { id, customerId } = this.context.principal();
    const websiteId = (await this.people.find(id))?.websiteId;
    return shown(
      await this.customerUsers.create({ members: { ...members, customerId: members.customerId ?? customerId, websiteId }, faults }),
    );
  }

  async change(id: number, change: Checked<StorefrontCustomerUserChange>): Promise<StorefrontCustomerUserView> {
    return shown(await this.customerUsers.change(id, change));
  }

  /** A customer user as an act leaves him. */
  async after(act: Promise<Acted>): Promise<StorefrontCustomerUserView> {
    return shown(await this.customerUsers.after(act));
  }
}

/** What customer users are shown; whatever else is known of somebody stays with the merchant. */
const shown = (view: CustomerUserView): StorefrontCustomerUserView => ({
  id: view.id,
  email: view.email,
  namePrefix: view.namePrefix,
  firstName: view.firstName,
  middleName: view.middleName,
  lastName: view.lastName,
  nameSuffix: view.nameSuffix,
  fullName: view.fullName,
  birthday: view.birthday,
  phone: view.phone,
  enabled: view.enabled,
  confirmed: view.confirmed,
  passwordStatus: view.passwordStatus,
  customer: view.customer,
  website: view.website,
  preferredLocalization: view.preferredLocalization,
  roles: view.roles,
  addresses: view.addresses,
  lastLoginAt: view.lastLoginAt,
  createdAt: view.createdAt,
  updatedAt: view.updatedAt,
  version: view.version,
});
