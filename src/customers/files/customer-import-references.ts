import { Injectable } from '@nestjs/common';
import { CustomFieldValues, type FieldSet } from '../../custom-fields/index.js';
import type { ImportContext, ImportRow, WithFields } from '../../import-export/index.js';
import { findMany, UnitOfWork } from '../../platform/database/index.js';
import { Users } from '../../users/index.js';
import { CustomerGroup } from '../groups/customer-group.entity.js';
import { CustomerPath } from '../customer-path.entity.js';
import { CustomerPaths } from '../customer-paths.js';
import { Customer } from '../customer.entity.js';
import { CustomerPermission } from '../customers.permissions.js';
import { CustomersRepository } from '../customers.repository.js';

/** What a row of a file says of a customer. */
export interface CustomerRow extends WithFields {
  id: number;
  name: string;
  parentId: number;
  groupName: string;
  ownerId: number;
  internalRating: number;
  externalId: string;
}

/** A customer in the middle of an import: as it was, and as the rows of a batch make it. */
export interface CustomerSubject {
  readonly before: Customer | undefined;
  readonly customer: Customer;
}

/** Everything that the rows of a batch may refer to. */
export interface KnownCustomers {
  readonly byId: Map<number, CustomerSubject>;
  /** All of a name, the oldest first. */
  readonly byName: Map<string, CustomerSubject[]>;
  readonly byExternalId: Map<string, CustomerSubject>;
  readonly visible: ReadonlySet<number>;
  readonly editable: ReadonlySet<number>;
  readonly assignable: ReadonlySet<number>;
  readonly parents: ReadonlySet<number>;
  /** The parent of each customer that is a parent here or above one. */
  readonly parentOf: ReadonlyMap<number, number | null>;
  readonly groups: ReadonlyMap<string, number>;
  readonly owners: ReadonlyMap<number, string>;
  readonly fields: FieldSet;
}

/** Reads what a batch refers to, in a fixed number of queries. */
@Injectable()
export class CustomerImportReferences {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly users: Users,
    private readonly customFields: CustomFieldValues,
  ) {}

  async load(rows: readonly ImportRow<CustomerRow>[], { principal }: ImportContext): Promise<KnownCustomers> {
    const { organizationId } = principal;
    const all = <M extends keyof CustomerRow>(member: M) => [...new Set(rows.flatMap(({ draft }) => draft[member] ?? []))];
    const parentIds = all('parentId');
    if (parentIds.length > 0) await this.paths.lock(organizationId);
    const subjects = await this.subjects(organizationId, all('id'), all('name'), all('externalId'));
    const ids = [...subjects.keys()];
    const parents = await findMany(this.work.manager, Customer, 'id', parentIds, { where: { organizationId }, select: ['id'] });
    const reached = await this.customers.idsReached(
      CustomerPermission.view,
      organizationId,
      parents.map(({ id }) => id),
    );
    const groups = await findMany(this.work.manager, CustomerGroup, 'name', all('groupName'), { where: { organizationId } });
    const byName = new Map<string, CustomerSubject[]>();
    for (const subject of subjects.values()) byName.set(subject.customer.name, [...(byName.get(subject.customer.name) ?? []), subject]);
    return {
      byId: subjects,
      byName,
      byExternalId: new Map(
        [...subjects.values()].flatMap((subject) => (subject.customer.externalId === null ? [] : [[subject.customer.externalId, subject]])),
      ),
      visible: await this.customers.idsReached(CustomerPermission.view, organizationId, ids),
      editable: await this.customers.idsReached(CustomerPermission.edit, organizationId, ids),
      assignable: await this.customers.idsReached(CustomerPermission.assign, organizationId, ids),
      parents: reached,
      parentOf: await this.above([...reached]),
      groups: new Map(groups.map(({ name, id }) => [name, id])),
      owners: await this.users.emailsOf(organizationId, all('ownerId')),
      fields: await this.customFields.of('customer', organizationId),
    };
  }

  /** Those whom the rows name by id, name or external id, locked until the batch is committed; the oldest first. */
  private async subjects(
    organizationId: number,
    ids: number[],
    names: string[],
    externalIds: string[],
  ): Promise<Map<number, CustomerSubject>> {
    const by = (member: 'id' | 'name' | 'externalId', values: readonly (string | number)[]) =>
      findMany(this.work.manager, Customer, member, values, { where: { organizationId }, forUpdate: true });
    const found = [...(await by('id', ids)), ...(await by('name', names)), ...(await by('externalId', externalIds))];
    const customers = [...new Map(found.map((row) => [row.id, row])).values()].sort((one, other) => one.id - other.id);
    return new Map(customers.map((row) => [row.id, { before: row, customer: Object.assign(new Customer(), row) }]));
  }

  private async above(ids: readonly number[]): Promise<Map<number, number | null>> {
    const paths = await findMany(this.work.manager, CustomerPath, 'descendantId', ids);
    const above = [...new Set(paths.map(({ ancestorId }) => ancestorId))];
    const rows = await findMany(this.work.manager, Customer, 'id', above, { select: ['id', 'parentId'] });
    return new Map(rows.map(({ id, parentId }) => [id, parentId]));
  }
}
