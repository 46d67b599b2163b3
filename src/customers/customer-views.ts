import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { Users } from '../users/index.js';
import { CustomerGroupsRepository } from './groups/customer-groups.repository.js';
import type { Customer } from './customer.entity.js';
import type { CustomerSummary, CustomerView } from './customers.dto.js';
import { CustomersRepository } from './customers.repository.js';

const byId = (rows: readonly CustomerSummary[]) => new Map(rows.map(({ id, name }) => [id, { id, name }]));

/** Customers as clients see them: what belongs to a page of them is read in one query a kind. */
@Injectable()
export class CustomerViews {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly groups: CustomerGroupsRepository,
    private readonly users: Users,
    private readonly customFields: CustomFieldValues,
    private readonly context: CurrentContext,
  ) {}

  async of(row: Customer): Promise<CustomerView> {
    const [view] = await this.ofAll([row]);
    return view as CustomerView;
  }

  async ofAll(rows: readonly Customer[]): Promise<CustomerView[]> {
    // Customer users are shown nothing that is the merchant's: it is not read for them.
    const whole = this.context.findPrincipal()?.side === 'storefront' ? [] : rows;
    const representatives = await this.customers.salesRepresentativesOf(whole.map(({ id }) => id));
    const people = await this.users.summaries([...whole.flatMap(({ ownerId }) => ownerId ?? []), ...[...representatives.values()].flat()]);
    const parents = await this.parentsOf(rows);
    const groups = byId(await this.groups.findAll(whole.flatMap(({ groupId }) => groupId ?? [])));
    const fieldsOf = await this.customFields.shown('customer', whole);
    return rows.map((row) => {
      const salesRepresentativeIds = representatives.get(row.id) ?? [];
      return {
        id: row.id,
        organizationId: row.organizationId,
        name: row.name,
        parentId: row.parentId,
        parent: (row.parentId !== null && parents.get(row.parentId)) || null,
        groupId: row.groupId,
        group: (row.groupId !== null && groups.get(row.groupId)) || null,
        ownerId: row.ownerId,
        owner: (row.ownerId !== null && people.get(row.ownerId)) || null,
        salesRepresentativeIds,
        salesRepresentatives: salesRepresentativeIds.flatMap((id) => people.get(id) ?? []),
        internalRating: row.internalRating,
        externalId: row.externalId,
        customFields: fieldsOf(row),
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        version: row.version,
      };
    });
  }

  /** The name of a customer whom the caller may not see is nothing for him. */
  private async parentsOf(rows: readonly Customer[]): Promise<Map<number, CustomerSummary>> {
    const ids = rows.flatMap(({ parentId }) => parentId ?? []);
    return byId(await (this.context.findPrincipal() ? this.customers.reachedOf(ids) : this.customers.findAll(ids)));
  }
}
