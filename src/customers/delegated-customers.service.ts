import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import type { Checked } from '../platform/http/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import type { CustomerNode, CustomerView } from './customers.dto.js';
import { ownCustomerMoved } from './customers.errors.js';
import { CustomerChanges } from './customer-changes.service.js';
import { Customers } from './customers.service.js';
import type { StorefrontCustomerChange, StorefrontCustomerDraft, StorefrontCustomerView } from './storefront-customers.dto.js';

/** Customers as far as customer users manage them: their own one and those below it, and nothing of them that is the merchant's. */
@Injectable()
export class DelegatedCustomers {
  constructor(
    private readonly customers: Customers,
    private readonly changes: CustomerChanges,
    private readonly context: CurrentContext,
  ) {}

  async list(request: ListRequest): Promise<Page<StorefrontCustomerView>> {
    const { items, page } = await this.customers.list(request);
    return { items: items.map(shown), page };
  }

  async get(id: number): Promise<StorefrontCustomerView> {
    return shown(await this.customers.get(id));
  }

  async tree(id: number, depth?: number): Promise<CustomerNode> {
    const top = await this.customers.tree(id, depth);
    // What is above his own customer is nothing for him.
    return id === this.context.principal().customerId ? { ...top, parentId: null } : top;
  }

  /** A subsidiary, for which those are responsible who are for the customer above it. */
  async create({ members, faults }: Checked<StorefrontCustomerDraft>): Promise<StorefrontCustomerView> {
    const { organizationId, customerId } = this.context.principal();
    const parentId = members.parentId ?? customerId;
    const parent = parentId === undefined ? undefined : await this.customers.findReached(parentId, organizationId);
    const representatives = parent && (await this.customers.salesRepresentativesOf([parent.id])).get(parent.id);
    const responsible = { ownerId: parent?.ownerId ?? null, salesRepresentativeIds: representatives ?? [] };
    return shown(await this.changes.create({ members: { ...members, parentId, ...responsible }, faults }));
  }

  async change(id: number, { members, faults }: Checked<StorefrontCustomerChange>): Promise<StorefrontCustomerView> {
    const { parentId, ...rest } = members;
    const movesOwn = parentId !== undefined && id === this.context.principal().customerId;
    const change = movesOwn ? { members: rest, faults: [...faults, ownCustomerMoved] } : { members, faults };
    return shown(await this.changes.change(id, change));
  }

  remove(id: number): Promise<void> {
    return this.changes.remove(id);
  }
}

/** A parent is named to those alone who may see it. */
const shown = ({ id, name, parent, createdAt, updatedAt, version }: CustomerView): StorefrontCustomerView => ({
  id,
  name,
  parentId: parent?.id ?? null,
  parent,
  createdAt,
  updatedAt,
  version,
});
