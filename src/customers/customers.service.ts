import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomFieldValues, type KeptValues } from '../custom-fields/index.js';
import { OrganizationChoice } from '../organizations/index.js';
import { defaultOwner, makesOwn, ownerFaults, type Permission, requirePermission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { cut, UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import { History, HistoryOfPeople } from '../platform/history/index.js';
import type { Checked } from '../platform/http/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { ERASED } from '../platform/personal-data/index.js';
import { CustomerBranches } from './customer-branches.js';
import { CustomerPaths } from './customer-paths.js';
import { CustomerReferences } from './customer-references.js';
import { CustomerUse } from './customer-use.js';
import { CUSTOMER_HISTORY, CustomerWriting, type RecordedCustomer } from './customer-writing.js';
import { CustomerViews } from './customer-views.js';
import { Customer } from './customer.entity.js';
import type { CustomerChange, CustomerDraft, CustomerNode, CustomerSummary, CustomerView } from './customers.dto.js';
import { CustomerInUse } from './customers.errors.js';
import { CustomerDeleted, CustomerRenamed } from './customers.events.js';
import { customerListing } from './customers.listing.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';

@Injectable()
export class Customers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly references: CustomerReferences,
    private readonly views: CustomerViews,
    private readonly branches: CustomerBranches,
    private readonly writing: CustomerWriting,
    private readonly choice: OrganizationChoice,
    private readonly customFields: CustomFieldValues,
    private readonly contributions: Contributions,
    private readonly events: Events,
    private readonly history: History,
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

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning. */
  create({ members: { organizationId: wanted, ...draft }, faults }: Checked<CustomerDraft>): Promise<CustomerView> {
    return this.work.run(async () => {
      const caller = this.context.principal();
      const organizationId = await this.choice.choose(CustomerPermission.create, wanted, faults);
      const { ownerId = defaultOwner(caller, organizationId) } = draft;
      const fields = await this.customFields.created('customer', organizationId, draft.customFields);
      const saved = await this.insert(organizationId, { ...draft, ownerId }, fields.values, [
        ...faults,
        ...fields.faults,
        ...ownerFaults(caller, CustomerPermission.create, ownerId),
      ]);
      await this.customers.refuseBeyond(saved.id, CustomerPermission.create);
      return this.views.of(saved);
    });
  }

  /** The same for a change. */
  change(id: number, { members: change, faults }: Checked<CustomerChange>): Promise<CustomerView> {
    return this.work.run(async () => {
      if (change.parentId !== undefined) await this.paths.lock(await this.customers.organizationOf(id));
      const customer = await this.customers.getForChange(id, CustomerPermission.edit);
      const before = await this.recorded(customer);
      const fields = await this.customFields.changed('customer', customer, change.customFields);
      if (givesAway(before, change)) await this.customers.refuseBeyond(id, CustomerPermission.assign);
      await this.apply(customer, change, fields.values, [...faults, ...fields.faults]);
      const representatives = change.salesRepresentativeIds ?? before.salesRepresentativeIds;
      const after = { ...(await this.recorded(customer)), salesRepresentativeIds: representatives.toSorted((a, b) => a - b) };
      if (isDeepStrictEqual(after, before)) return this.views.of(customer);
      const saved = await this.customers.save(Object.assign(customer, { updatedAt: this.clock.now() }));
      if (saved.parentId !== before.parentId) await this.paths.move(id, saved.parentId);
      if (saved.name !== before.name) await this.events.record(new CustomerRenamed(id));
      if (change.salesRepresentativeIds) await this.customers.replaceSalesRepresentatives(id, change.salesRepresentativeIds);
      await this.history.changed(CUSTOMER_HISTORY, before, await this.recorded(saved));
      return this.views.of(saved);
    });
  }

  /** Refused while anything refers to it. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      await this.paths.holdStill(await this.customers.organizationOf(id));
      const customer = await this.customers.getForChange(id, CustomerPermission.delete);
      await this.refuseUsed(id);
      const recorded = await this.recorded(customer);
      await this.events.record(new CustomerDeleted(id));
      await this.customers.remove(id);
      await this.history.deleted(CUSTOMER_HISTORY, recorded);
    });
  }

  /** A customer named after a person who came without one; whoever acts. */
  async createFor(organizationId: number, name: string, ownerId: number | null): Promise<CustomerSummary> {
    const principal = this.context.findPrincipal();
    if (principal) requirePermission(principal, CustomerPermission.create.name);
    const owner = makesOwn(principal, CustomerPermission.create) ? principal.id : ownerId;
    return this.insert(organizationId, { name: cut(name, 255), ownerId: owner });
  }

  /** Gives a customer who has one of the names of an erased person another, and takes what it was called from the history; whoever acts. */
  async forgetName(id: number, isHis: (name: string) => boolean, pseudonym: string): Promise<void> {
    const customer = await this.customers.lock(id);
    if (!customer || !isHis(customer.name)) return;
    const before = { ...(await this.recorded(customer)), name: ERASED };
    await this.past.blot(CUSTOMER_HISTORY.entity, id, (member) => member === 'name');
    const saved = await this.customers.save(Object.assign(customer, { name: pseudonym, updatedAt: this.clock.now() }));
    await this.events.record(new CustomerRenamed(id));
    await this.history.changed(CUSTOMER_HISTORY, before, await this.recorded(saved));
  }

  /** The same for many people at once, in their order. Throws `PermissionMissing` where the caller may not create customers. */
  async createForAll(organizationId: number, people: readonly { name: string; ownerId: number | null }[]): Promise<CustomerSummary[]> {
    const principal = this.context.findPrincipal();
    if (principal) requirePermission(principal, CustomerPermission.create.name);
    const now = this.clock.now();
    const customers = people.map(({ name, ownerId }) =>
      Object.assign(new Customer(), {
        ...{
          organizationId,
          name: cut(name, 255),
          parentId: null,
          groupId: null,
          internalRating: null,
          externalId: null,
          customFields: null,
        },
        ...{ ownerId: makesOwn(principal, CustomerPermission.create) ? principal.id : ownerId, createdAt: now, updatedAt: now },
      }),
    );
    await this.writing.create(customers);
    return customers;
  }

  /** A customer of the organization; whoever acts. */
  async find(
    id: number,
    organizationId: number,
  ): Promise<(CustomerSummary & Pick<Customer, 'ownerId' | 'externalId' | 'internalRating'>) | undefined> {
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

  private async insert(organizationId: number, draft: CustomerDraft, customFields: KeptValues | null = null, faults: MemberFault[] = []) {
    if (draft.parentId != null) await this.paths.holdStill(organizationId);
    const now = this.clock.now();
    const customer = Object.assign(new Customer(), {
      organizationId,
      parentId: null,
      groupId: null,
      ownerId: null,
      internalRating: null,
      externalId: null,
      customFields: null,
      createdAt: now,
      updatedAt: now,
    });
    await this.apply(customer, draft, customFields, faults);
    const saved = await this.customers.save(customer);
    await this.paths.add(saved.id, saved.parentId);
    await this.customers.replaceSalesRepresentatives(saved.id, draft.salesRepresentativeIds ?? []);
    await this.history.created(CUSTOMER_HISTORY, await this.recorded(saved));
    return saved;
  }

  /** Carries a change out on the row, after refusing what breaks a rule. */
  private async apply(customer: Customer, change: CustomerChange, customFields: KeptValues | null, known: readonly MemberFault[]) {
    const faults = [...known, ...(await this.references.faults(customer, change))];
    if (faults.length > 0) throw new InvalidInput(faults);
    const { name, parentId, groupId, ownerId, internalRating, externalId } = change;
    const given = Object.entries({ name, parentId, groupId, ownerId, internalRating, externalId });
    Object.assign(customer, Object.fromEntries(given.filter(([, value]) => value !== undefined)), { customFields });
  }

  private async refuseUsed(id: number): Promise<void> {
    const subsidiaries = (await this.customers.hasChildren(id)) ? ['subsidiaries'] : [];
    const uses = await Promise.all(this.contributions.instancesOf(CustomerUse).map((use) => use.uses(id)));
    const all = [...subsidiaries, ...uses.flat()];
    if (all.length > 0) throw new CustomerInUse(all);
  }

  private async recorded(customer: Customer): Promise<RecordedCustomer> {
    const representatives = await this.customers.salesRepresentativesOf([customer.id]);
    const fieldsOf = await this.customFields.shown('customer', [customer]);
    return { ...customer, salesRepresentativeIds: representatives.get(customer.id) ?? [], fields: fieldsOf(customer) };
  }
}

/** Whether a change makes others responsible for the customer. */
function givesAway(before: RecordedCustomer, { ownerId, salesRepresentativeIds }: CustomerChange): boolean {
  if (ownerId !== undefined && ownerId !== before.ownerId) return true;
  const ids = salesRepresentativeIds?.toSorted((a, b) => a - b);
  return ids !== undefined && !isDeepStrictEqual(ids, before.salesRepresentativeIds);
}
