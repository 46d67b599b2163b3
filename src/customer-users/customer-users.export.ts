import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { CustomFieldValues, type FieldValues } from '../custom-fields/index.js';
import { Customers } from '../customers/index.js';
import { type ExportColumn, exportedFieldColumns, type ExportedValue, ExportProfile } from '../import-export/index.js';
import { CurrentContext } from '../platform/context/index.js';
import type { ListRequest } from '../platform/listing/index.js';
import { RoleAssignments } from '../roles/index.js';
import { Users } from '../users/index.js';
import type { CustomerUser } from './customer-user.entity.js';
import { customerUserListing } from './customer-users.listing.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { EmailKeys } from './email-keys.js';
import { CustomerUsersRepository } from './customer-users.repository.js';

interface ExportedCustomerUser {
  readonly person: CustomerUser;
  readonly customerName: string;
  readonly roles: readonly string[];
  readonly ownerUsername: string | null;
  readonly fields: FieldValues;
}

type Member = { [M in keyof CustomerUser]: CustomerUser[M] extends string | number | boolean | null ? M : never }[keyof CustomerUser];

const plain = (header: string, member: Member, onRequest = false): ExportColumn<ExportedCustomerUser> => ({
  header,
  member,
  value: ({ person }) => person[member],
  onRequest,
});

/** What a file or its order can have of a row; the words of searches alone are as long as all of it. */
const READ = [
  ...new Set([
    ...(['id', 'organizationId', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'email'] as const),
    ...(['customerId', 'guest', 'enabled', 'confirmed', 'ownerId', 'websiteId', 'phone', 'externalId', 'customFields'] as const),
    ...Object.values(customerUserListing.definition.fields).flatMap((field) =>
      'column' in field && field.sort ? [field.column.replace('person.', '')] : [],
    ),
  ]),
].map((member) => `person.${member}`);

const derived = (header: string, member: string, value: (row: ExportedCustomerUser) => ExportedValue) => ({ header, member, value });

/** How customer users are exported: into files that an import leaves unchanged. */
@Injectable()
export class CustomerUserExport extends ExportProfile<CustomerUser, ExportedCustomerUser> {
  readonly entity = 'customer-users';
  readonly label = 'customer users';
  readonly view = CustomerUserPermission.view;
  readonly listing = customerUserListing;
  readonly columns: readonly ExportColumn<ExportedCustomerUser>[] = [
    plain('ID', 'id'),
    plain('Name Prefix', 'namePrefix'),
    plain('First Name', 'firstName'),
    plain('Middle Name', 'middleName'),
    plain('Last Name', 'lastName'),
    plain('Name Suffix', 'nameSuffix'),
    plain('Birthday', 'birthday'),
    plain('Email Address', 'email'),
    plain('Customer Id', 'customerId'),
    derived('Customer Name', 'customerName', ({ customerName }) => customerName),
    derived('Roles # Role', 'roles', ({ roles }) => roles),
    plain('Guest', 'guest'),
    plain('Enabled', 'enabled'),
    plain('Confirmed', 'confirmed'),
    plain('Owner Id', 'ownerId'),
    derived('Owner Username', 'ownerUsername', ({ ownerUsername }) => ownerUsername),
    plain('Website Id', 'websiteId'),
    plain('Phone', 'phone', true),
    plain('External Id', 'externalId', true),
  ];

  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly emailKeys: EmailKeys,
    private readonly customers: Customers,
    private readonly assignments: RoleAssignments,
    private readonly users: Users,
    private readonly customFields: CustomFieldValues,
    private readonly context: CurrentContext,
  ) {
    super();
  }

  override async columnsFor(organizationId: number): Promise<readonly ExportColumn<ExportedCustomerUser>[]> {
    return [
      ...this.columns,
      ...exportedFieldColumns<ExportedCustomerUser>(await this.customFields.of('customer_user', organizationId), ({ fields }) => fields),
    ];
  }

  override follow(request: ListRequest): Promise<ListRequest> {
    return this.emailKeys.follow(request, this.context.principal().organizationId);
  }

  query(): SelectQueryBuilder<CustomerUser> {
    return this.people.reached(CustomerUserPermission.view).select(READ);
  }

  async rowsOf(people: readonly CustomerUser[]): Promise<ExportedCustomerUser[]> {
    const { organizationId } = this.context.principal();
    const customers = await this.customers.summaries(people.map(({ customerId }) => customerId));
    const roles = await this.assignments.of(people.map(({ id }) => id));
    const owners = await this.users.emailsOf(
      organizationId,
      people.flatMap(({ ownerId }) => ownerId ?? []),
    );
    const fieldsOf = await this.customFields.shown('customer_user', people);
    return people.map((person) => ({
      person,
      fields: fieldsOf(person),
      customerName: customers.get(person.customerId)?.name ?? '',
      roles: (roles.get(person.id) ?? []).map(({ code }) => code),
      ownerUsername: (person.ownerId !== null && owners.get(person.ownerId)) || null,
    }));
  }

  async widths(query: SelectQueryBuilder<CustomerUser>): Promise<Record<string, number>> {
    const widest = await query
      .innerJoin('customer_user_role_assignments', 'held', 'held.customer_user_id = person.id')
      .select('COUNT(*)', 'roles')
      .groupBy('person.id')
      .orderBy('roles', 'DESC')
      .limit(1)
      .getRawOne<{ roles: number | string }>();
    return { roles: Number(widest?.roles ?? 1) };
  }
}
