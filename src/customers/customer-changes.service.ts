import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomFieldValues, type KeptValues } from '../custom-fields/index.js';
import { OrganizationChoice } from '../organizations/index.js';
import { defaultOwner, ownerFaults } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import type { Checked } from '../platform/http/index.js';
import { CustomerPaths } from './customer-paths.js';
import { CustomerReferences } from './customer-references.js';
import { CustomerUse } from './customer-use.js';
import { CUSTOMER_HISTORY, type RecordedCustomer } from './customer-writing.js';
import { CustomerViews } from './customer-views.js';
import { Customer } from './customer.entity.js';
import type { CustomerChange, CustomerDraft, CustomerView } from './customers.dto.js';
import { CustomerInUse } from './customers.errors.js';
import { CustomerDeleted, CustomerRenamed } from './customers.events.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';

/** Creates, changes and deletes customers, as far as the caller may. */
@Injectable()
export class CustomerChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly references: CustomerReferences,
    private readonly views: CustomerViews,
    private readonly choice: OrganizationChoice,
    private readonly customFields: CustomFieldValues,
    private readonly contributions: Contributions,
    private readonly events: Events,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

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
      await this.history.deleted(CUSTOMER_HISTORY, await this.recorded(customer));
      await this.events.record(new CustomerDeleted(id));
      await this.customers.remove(id);
    });
  }

  private async insert(organizationId: number, draft: CustomerDraft, customFields: KeptValues | null, faults: readonly MemberFault[]) {
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
