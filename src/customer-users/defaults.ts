import { Injectable } from '@nestjs/common';
import { Customers } from '../customers/index.js';
import { Websites, type WebsiteView } from '../organizations/index.js';
import { defaultOwner, makesOwn } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { CustomerUserPermission } from './customer-users.permissions.js';

/** What of a customer user decides about his defaults. */
interface Chosen {
  organizationId: number;
  customerId?: number;
  websiteId?: number;
  guest?: boolean;
}

/** What a customer user is given where nothing is chosen: by his customer, his website and whoever makes him. */
@Injectable()
export class Defaults {
  constructor(
    private readonly customers: Customers,
    private readonly websites: Websites,
    private readonly context: CurrentContext,
  ) {}

  /** A customer that the caller cannot see, and a website that is not there, count as not chosen. */
  async of({ organizationId, customerId, websiteId, guest = false }: Chosen) {
    const customer = customerId === undefined ? undefined : await this.customers.findReached(customerId, organizationId);
    const representatives = customer && (await this.customers.salesRepresentativesOf([customer.id])).get(customer.id);
    const standard = await this.websites.getDefault(organizationId);
    const website = websiteId === undefined || websiteId === standard.id ? standard : await this.websites.find(websiteId, organizationId);
    return {
      customer,
      websiteId: (website ?? standard).id,
      roleIds: rolesOf(website ?? standard, standard, guest),
      ownerId: this.ownerOfNew(organizationId, customer?.ownerId ?? null),
      salesRepresentativeIds: representatives ?? [],
    };
  }

  /** The role of the website, or else of the default one, for somebody who has none. */
  async roleIds(organizationId: number, websiteId: number, guest: boolean): Promise<number[]> {
    return (await this.of({ organizationId, websiteId, guest })).roleIds;
  }

  private ownerOfNew(organizationId: number, customersOwner: number | null): number | null {
    const caller = this.context.findPrincipal();
    return makesOwn(caller, CustomerUserPermission.create) ? caller.id : (customersOwner ?? defaultOwner(caller, organizationId));
  }
}

function rolesOf(website: WebsiteView, standard: WebsiteView, guest: boolean): number[] {
  const role = guest ? (website.guestRoleId ?? standard.guestRoleId) : (website.defaultRoleId ?? standard.defaultRoleId);
  return role === null ? [] : [role];
}
