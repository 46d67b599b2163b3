import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { CustomFieldValues, type FieldValues } from '../../custom-fields/index.js';
import { anyField, type ExportColumn, exportedFieldColumns, ExportProfile, membersFor } from '../../import-export/index.js';
import type { ListRequest } from '../../platform/listing/index.js';
import { RoleAssignments } from '../../roles/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { customerUserListing } from '../customer-users.listing.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { EmailKeys } from '../lists/email-keys.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';

/** What a file can have of the person's own row. */
const READ = [
  ...(['id', 'organizationId', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'email'] as const),
  ...(['customerId', 'guest', 'enabled', 'confirmed', 'ownerId', 'websiteId', 'phone', 'externalId', 'customFields'] as const),
];

interface Read extends Pick<CustomerUser, (typeof READ)[number]> {
  readonly customerName: string;
  readonly ownerUsername: string | null;
}

interface ExportedCustomerUser {
  readonly person: Read;
  readonly roles: readonly string[];
  readonly fields: FieldValues;
}

const NO_ROLES: readonly string[] = [];
const NO_FIELDS: FieldValues = {};

/** How customer users are exported: into files that an import leaves unchanged. */
@Injectable()
export class CustomerUserExport extends ExportProfile<Read, ExportedCustomerUser> {
  readonly entity = 'customer-users';
  readonly label = 'customer users';
  readonly view = CustomerUserPermission.view;
  readonly listing = customerUserListing;
  // Each with a function of its own: one that is told its member is several times slower, which a million rows show.
  readonly columns: readonly ExportColumn<ExportedCustomerUser>[] = [
    { header: 'ID', member: 'id', value: ({ person }) => person.id },
    { header: 'Name Prefix', member: 'namePrefix', value: ({ person }) => person.namePrefix },
    { header: 'First Name', member: 'firstName', value: ({ person }) => person.firstName },
    { header: 'Middle Name', member: 'middleName', value: ({ person }) => person.middleName },
    { header: 'Last Name', member: 'lastName', value: ({ person }) => person.lastName },
    { header: 'Name Suffix', member: 'nameSuffix', value: ({ person }) => person.nameSuffix },
    { header: 'Birthday', member: 'birthday', value: ({ person }) => person.birthday },
    { header: 'Email Address', member: 'email', value: ({ person }) => person.email },
    { header: 'Customer Id', member: 'customerId', value: ({ person }) => person.customerId },
    { header: 'Customer Name', member: 'customerName', value: ({ person }) => person.customerName },
    { header: 'Roles # Role', member: 'roles', value: ({ roles }) => roles },
    { header: 'Guest', member: 'guest', value: ({ person }) => person.guest },
    { header: 'Enabled', member: 'enabled', value: ({ person }) => person.enabled },
    { header: 'Confirmed', member: 'confirmed', value: ({ person }) => person.confirmed },
    { header: 'Owner Id', member: 'ownerId', value: ({ person }) => person.ownerId },
    { header: 'Owner Username', member: 'ownerUsername', value: ({ person }) => person.ownerUsername },
    { header: 'Website Id', member: 'websiteId', value: ({ person }) => person.websiteId },
    { header: 'Phone', member: 'phone', value: ({ person }) => person.phone, onRequest: true },
    { header: 'External Id', member: 'externalId', value: ({ person }) => person.externalId, onRequest: true },
  ];

  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly emailKeys: EmailKeys,
    private readonly assignments: RoleAssignments,
    private readonly customFields: CustomFieldValues,
  ) {
    super();
  }

  override async columnsFor(organizationId: number): Promise<readonly ExportColumn<ExportedCustomerUser>[]> {
    return [
      ...this.columns,
      ...exportedFieldColumns<ExportedCustomerUser>(
        await this.customFields.of('customer_user', organizationId),
        this.columns,
        ({ fields }) => fields,
      ),
    ];
  }

  override follow(request: ListRequest): Promise<ListRequest> {
    return this.emailKeys.follow(request);
  }

  override reads(asked: ReadonlySet<string>) {
    return membersFor(READ, asked);
  }

  query(): SelectQueryBuilder<CustomerUser> {
    return this.people
      .reached(CustomerUserPermission.view)
      .leftJoin('customers', 'employer', 'employer.id = person.customerId')
      .leftJoin('users', 'owner', 'owner.id = person.ownerId AND owner.organization_id = person.organizationId')
      .addSelect('employer.name', 'customerName')
      .addSelect('owner.email', 'ownerUsername');
  }

  async rowsOf(people: readonly Read[], asked: ReadonlySet<string>): Promise<ExportedCustomerUser[]> {
    const roles = asked.has('roles') ? await this.assignments.codesOf(people.map(({ id }) => id)) : undefined;
    const fieldsOf = anyField(asked) ? await this.customFields.shown('customer_user', people) : () => NO_FIELDS;
    return people.map((person) => ({ person, roles: roles?.get(person.id) ?? NO_ROLES, fields: fieldsOf(person) }));
  }

  override async widths(query: SelectQueryBuilder<ObjectLiteral>): Promise<Record<string, number>> {
    // Asked for the one who holds most, MariaDB counts the roles of each person anew; asked for anybody who holds so many, it stops at him.
    const holders =
      'SELECT held.customer_user_id FROM customer_user_role_assignments held GROUP BY held.customer_user_id HAVING COUNT(*) = :roles';
    for (const roles of await this.assignments.severalHeld())
      if (await query.clone().select('person.id', 'id').andWhere(`person.id IN (${holders})`, { roles }).limit(1).getRawOne())
        return { roles };
    return { roles: 1 };
  }
}
