import { Injectable } from '@nestjs/common';
import { requirePermission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Users } from '../users/index.js';
import { CustomerPaths } from './customer-paths.js';
import { CustomerUse } from './customer-use.js';
import { Customer } from './customer.entity.js';
import type { CustomerChange, CustomerDraft, CustomerSummary, CustomerView } from './customers.dto.js';
import { CustomerInUse, OwnerUnknown, ParentBelow, ParentUnknown, SalesRepresentativeUnknown } from './customers.errors.js';
import { customerListing } from './customers.listing.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';

type RecordedCustomer = Customer & { salesRepresentativeIds: number[] };

const CUSTOMER_HISTORY: HistoryRules<RecordedCustomer> = {
  entity: 'customer',
  members: ['name', 'parentId', 'ownerId', 'salesRepresentativeIds', 'internalRating', 'externalId'],
};

@Injectable()
export class Customers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly users: Users,
    private readonly contributions: Contributions,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<CustomerView>> {
    const { rows, page } = await customerListing.page(this.customers.reached(CustomerPermission.view), request);
    return { items: await this.views(rows), page };
  }

  async get(id: number): Promise<CustomerView> {
    return this.view(await this.customers.get(id));
  }

  create(draft: CustomerDraft): Promise<CustomerView> {
    return this.work.run(async () => {
      const { organizationId, id: creator, type } = this.context.principal();
      const owner = type === 'user' ? creator : null;
      return this.view(await this.insert(organizationId, { ...draft, ownerId: draft.ownerId === undefined ? owner : draft.ownerId }));
    });
  }

  change(id: number, change: CustomerChange): Promise<CustomerView> {
    return this.work.run(async () => {
      if (change.parentId !== undefined) await this.paths.lock(await this.customers.organizationOf(id));
      const customer = await this.customers.getForChange(id, CustomerPermission.edit);
      const before = await this.recorded(customer);
      await this.apply(customer, change);
      const saved = await this.customers.save(Object.assign(customer, { updatedAt: this.clock.now() }));
      if (saved.parentId !== before.parentId) await this.paths.move(id, saved.parentId);
      if (change.salesRepresentativeIds) await this.customers.replaceSalesRepresentatives(id, change.salesRepresentativeIds);
      await this.history.changed(CUSTOMER_HISTORY, before, await this.recorded(saved));
      return this.view(saved);
    });
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      await this.paths.holdStill(await this.customers.organizationOf(id));
      const customer = await this.customers.getForChange(id, CustomerPermission.delete);
      const uses = await Promise.all(this.contributions.instancesOf(CustomerUse).map((use) => use.uses(id)));
      if (uses.flat().length > 0) throw new CustomerInUse(uses.flat());
      const recorded = await this.recorded(customer);
      await this.customers.remove(id).catch((error: unknown) => {
        throw isBrokenReference(error) ? new CustomerInUse() : error;
      });
      await this.history.deleted(CUSTOMER_HISTORY, recorded);
    });
  }

  /** A customer named after a person who came without one; whoever acts. */
  async createFor(organizationId: number, name: string, ownerId: number | null): Promise<CustomerSummary> {
    const principal = this.context.findPrincipal();
    if (principal) requirePermission(principal, CustomerPermission.create.name);
    return this.insert(organizationId, { name: name.slice(0, 255), ownerId });
  }

  /** A customer of the organization; whoever acts. */
  async find(id: number, organizationId: number): Promise<(CustomerSummary & { ownerId: number | null }) | undefined> {
    return (await this.customers.find(id, organizationId)) ?? undefined;
  }

  /** A customer of the organization that the caller, if there is one, may see. */
  async findReached(id: number, organizationId: number): Promise<(CustomerSummary & { ownerId: number | null }) | undefined> {
    if (!this.context.findPrincipal()) return this.find(id, organizationId);
    const reached = this.customers.reached(CustomerPermission.view).andWhere('customer.id = :id', { id });
    return (await reached.andWhere('customer.organizationId = :organizationId', { organizationId }).getOne()) ?? undefined;
  }

  async summaries(ids: readonly number[]): Promise<Map<number, CustomerSummary>> {
    return new Map((await this.customers.findAll(ids)).map((row) => [row.id, { id: row.id, name: row.name }]));
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

  salesRepresentativesOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    return this.customers.salesRepresentativesOf(ids);
  }

  private async insert(organizationId: number, draft: CustomerDraft): Promise<Customer> {
    if (draft.parentId != null) await this.paths.holdStill(organizationId);
    const now = this.clock.now();
    const customer = Object.assign(new Customer(), {
      organizationId,
      parentId: null,
      ownerId: null,
      internalRating: null,
      externalId: null,
      createdAt: now,
      updatedAt: now,
    });
    await this.apply(customer, draft);
    const saved = await this.customers.save(customer);
    await this.paths.add(saved.id, saved.parentId);
    await this.customers.replaceSalesRepresentatives(saved.id, draft.salesRepresentativeIds ?? []);
    await this.history.created(CUSTOMER_HISTORY, await this.recorded(saved));
    return saved;
  }

  private async apply(customer: Customer, { name, parentId, ownerId, salesRepresentativeIds, internalRating, externalId }: CustomerChange) {
    const { organizationId } = customer;
    if (parentId != null && parentId !== customer.parentId) await this.refuseParent(parentId, customer);
    const users = await this.users.known([...(salesRepresentativeIds ?? []), ...(ownerId == null ? [] : [ownerId])], organizationId);
    if (ownerId != null && !users.has(ownerId)) throw new OwnerUnknown();
    for (const [index, id] of (salesRepresentativeIds ?? []).entries()) if (!users.has(id)) throw new SalesRepresentativeUnknown(id, index);
    const given = Object.entries({ name, parentId, ownerId, internalRating, externalId }).filter(([, value]) => value !== undefined);
    Object.assign(customer, Object.fromEntries(given));
  }

  private async refuseParent(parentId: number, customer: Customer): Promise<void> {
    if (!(await this.findReached(parentId, customer.organizationId))) throw new ParentUnknown();
    // A new one has no id yet, and nobody below it.
    if (customer.version && (await this.paths.isBelow(parentId, customer.id))) throw new ParentBelow();
  }

  private async recorded(customer: Customer): Promise<RecordedCustomer> {
    const representatives = await this.customers.salesRepresentativesOf([customer.id]);
    return { ...customer, salesRepresentativeIds: representatives.get(customer.id) ?? [] };
  }

  private async view(row: Customer): Promise<CustomerView> {
    const [view] = await this.views([row]);
    return view as CustomerView;
  }

  private async views(rows: readonly Customer[]): Promise<CustomerView[]> {
    const representatives = await this.customers.salesRepresentativesOf(rows.map(({ id }) => id));
    const people = await this.users.summaries([...rows.flatMap(({ ownerId }) => ownerId ?? []), ...[...representatives.values()].flat()]);
    const parents = await this.summaries(rows.flatMap(({ parentId }) => parentId ?? []));
    return rows.map((row) => {
      const salesRepresentativeIds = representatives.get(row.id) ?? [];
      return {
        id: row.id,
        organizationId: row.organizationId,
        name: row.name,
        parentId: row.parentId,
        parent: (row.parentId !== null && parents.get(row.parentId)) || null,
        ownerId: row.ownerId,
        owner: (row.ownerId !== null && people.get(row.ownerId)) || null,
        salesRepresentativeIds,
        salesRepresentatives: salesRepresentativeIds.flatMap((id) => people.get(id) ?? []),
        internalRating: row.internalRating,
        externalId: row.externalId,
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        version: row.version,
      };
    });
  }
}
