import { Injectable } from '@nestjs/common';
import { makesOwn, type Permission, requirePermission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { cut } from '../platform/database/index.js';
import { HistoryOfPeople } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { ERASED } from '../platform/personal-data/index.js';
import { CustomerBranches } from './customer-branches.js';
import { CustomerPaths } from './customer-paths.js';
import { CUSTOMER_HISTORY, CustomerWriting } from './customer-writing.js';
import { CustomerViews } from './customer-views.js';
import { Customer } from './customer.entity.js';
import type { CustomerNode, CustomerSummary, CustomerView } from './customers.dto.js';
import { customerListing } from './customers.listing.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';

/** Customers as their users, and other features, read them; and those that come to be with somebody. */
@Injectable()
export class Customers {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly views: CustomerViews,
    private readonly branches: CustomerBranches,
    private readonly writing: CustomerWriting,
    private readonly past: HistoryOfPeople,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<CustomerView>> {
    const { rows, page } = await customerListing.page(this.customers.reached(CustomerPermission.view), request);
    return { items: await this.views.ofAll(rows), page };
  }

  async get(id: number): Promise<CustomerView> {
    return this.views.of(await this.customers.get(id));
  }

  /** The customer with all below it that the caller may see, as a tree. */
  tree(id: number, depth?: number): Promise<CustomerNode> {
    return this.branches.below(id, depth);
  }

  /** A customer named after a person who came without one; whoever acts. Throws `PermissionMissing` where the caller may not create customers. */
  async createFor(organizationId: number, name: string, ownerId: number | null): Promise<CustomerSummary> {
    const [customer] = await this.createForAll(organizationId, [{ name, ownerId }]);
    return customer as CustomerSummary;
  }

  /** The same for many people at once, in their order. */
  async createForAll(organizationId: number, people: readonly { name: string; ownerId: number | null }[]): Promise<CustomerSummary[]> {
    const principal = this.context.findPrincipal();
    if (principal) requirePermission(principal, CustomerPermission.create.name);
    const now = this.clock.now();
    const customers = people.map(({ name, ownerId }) =>
      Object.assign(new Customer(), {
        ...{ organizationId, name: cut(name, 255), parentId: null, groupId: null, internalRating: null, externalId: null },
        ...{ customFields: null, createdAt: now, updatedAt: now },
        ownerId: makesOwn(principal, CustomerPermission.create) ? principal.id : ownerId,
      }),
    );
    await this.writing.create(customers);
    return customers;
  }

  /** Gives a customer who has one of the names of an erased person another, and takes such names from its history; whoever acts. */
  async forgetName(id: number, isHis: (name: string) => boolean, pseudonym: string): Promise<void> {
    const customer = await this.customers.lock(id);
    if (!customer) return;
    await this.past.blot(CUSTOMER_HISTORY.entity, id, (member, value) => member === 'name' && typeof value === 'string' && isHis(value));
    if (!isHis(customer.name)) return;
    const before = Object.assign(new Customer(), customer, { name: ERASED });
    await this.writing.change([{ before, after: Object.assign(customer, { name: pseudonym, updatedAt: this.clock.now() }) }]);
  }

  /** A customer of the organization; whoever acts. */
  async find(
    id: number,
    organizationId: number,
  ): Promise<
    (CustomerSummary & Pick<Customer, 'organizationId' | 'ownerId' | 'externalId' | 'internalRating' | 'customFields'>) | undefined
  > {
    return (await this.customers.find(id, organizationId)) ?? undefined;
  }

  /** A customer of the organization that the caller, if there is one, may see; his own he knows in any case. */
  async findReached(id: number, organizationId: number): Promise<(CustomerSummary & { ownerId: number | null }) | undefined> {
    const caller = this.context.findPrincipal();
    if (!caller || caller.customerId === id) return this.find(id, organizationId);
    const reached = this.customers.reached(CustomerPermission.view).andWhere('customer.id = :id', { id });
    return (await reached.andWhere('customer.organizationId = :organizationId', { organizationId }).getOne()) ?? undefined;
  }

  async summaries(ids: readonly number[]): Promise<Map<number, CustomerSummary>> {
    return new Map((await this.customers.findAll(ids)).map((row) => [row.id, { id: row.id, name: row.name }]));
  }

  /** Names by id, which stay so until the open unit of work ends; whoever acts. */
  steadyNames(ids: readonly number[]): Promise<Map<number, string>> {
    return this.customers.steadyNames(ids);
  }

  /** For imports: those of the organization's customers that the caller sees among `ids`, and with one of `names`, the oldest first. */
  async lookup(
    organizationId: number,
    ids: readonly number[],
    names: readonly string[],
  ): Promise<{ byId: Customer[]; byName: Customer[] }> {
    const reached = () =>
      this.customers.reached(CustomerPermission.view).andWhere('customer.organizationId = :organizationId', { organizationId });
    return {
      byId: ids.length === 0 ? [] : await reached().andWhere('customer.id IN (:...ids)', { ids }).getMany(),
      byName:
        names.length === 0 ? [] : await reached().andWhere('customer.name IN (:...names)', { names }).orderBy('customer.id').getMany(),
    };
  }

  /** Whether the caller reaches the customer with `permission`. */
  reaches(id: number, permission: Permission): Promise<boolean> {
    return this.customers.reached(permission).andWhere('customer.id = :id', { id }).getExists();
  }

  /** The customers from one down to another one that is below it, or is it, by name; empty when it is not. Whoever acts. */
  async pathDown(ancestorId: number, id: number): Promise<CustomerSummary[]> {
    const ids = await this.paths.between(ancestorId, id);
    const names = await this.summaries(ids);
    return ids.flatMap((step) => names.get(step) ?? []);
  }

  /** Has acts on these customers wait for each other until the open unit of work ends; whoever acts. */
  hold(ids: readonly number[]): Promise<void> {
    return this.customers.hold(ids);
  }

  salesRepresentativesOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    return this.customers.salesRepresentativesOf(ids);
  }
}
