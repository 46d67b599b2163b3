import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { Customers } from '../customers/index.js';
import { Localizations, Websites } from '../organizations/index.js';
import { RoleAssignments } from '../roles/index.js';
import { Users } from '../users/index.js';
import { CustomerUserAddresses } from './customer-user-addresses.service.js';
import type { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserView } from './customer-users.dto.js';
import { CustomerUsersRepository } from './customer-users.repository.js';

/** All parts of a name that there are. */
export const fullNameOf = ({ namePrefix, firstName, middleName, lastName, nameSuffix }: CustomerUser): string =>
  [namePrefix, firstName, middleName, lastName, nameSuffix].filter((part) => part !== null && part !== '').join(' ');

/** Customer users as clients see them: what belongs to a page of them is read in one query a kind. */
@Injectable()
export class CustomerUserViews {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly customers: Customers,
    private readonly users: Users,
    private readonly websites: Websites,
    private readonly localizations: Localizations,
    private readonly assignments: RoleAssignments,
    private readonly customFields: CustomFieldValues,
    private readonly addresses: CustomerUserAddresses,
  ) {}

  async of(row: CustomerUser): Promise<CustomerUserView> {
    const [view] = await this.ofAll([row]);
    return view as CustomerUserView;
  }

  async ofAll(rows: readonly CustomerUser[]): Promise<CustomerUserView[]> {
    const ids = rows.map(({ id }) => id);
    const roles = await this.assignments.of(ids);
    const representatives = await this.people.salesRepresentativesOf(ids);
    const users = await this.users.summaries([...rows.flatMap(({ ownerId }) => ownerId ?? []), ...[...representatives.values()].flat()]);
    const customers = await this.customers.summaries(rows.map(({ customerId }) => customerId));
    const websites = await this.websites.names(rows.map(({ websiteId }) => websiteId));
    const localizations = await this.localizations.names(rows.flatMap(({ preferredLocalizationId }) => preferredLocalizationId ?? []));
    const fieldsOf = await this.customFields.shown('customer_user', rows);
    const addresses = await this.addresses.shown(rows);
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organizationId,
      email: row.email,
      namePrefix: row.namePrefix,
      firstName: row.firstName,
      middleName: row.middleName,
      lastName: row.lastName,
      nameSuffix: row.nameSuffix,
      fullName: fullNameOf(row),
      birthday: row.birthday,
      phone: row.phone,
      enabled: row.enabled,
      confirmed: row.confirmed,
      guest: row.guest,
      passwordStatus: row.passwordStatus,
      customer: customers.get(row.customerId) ?? { id: row.customerId, name: '' },
      owner: (row.ownerId !== null && users.get(row.ownerId)) || null,
      salesRepresentatives: (representatives.get(row.id) ?? []).flatMap((id) => users.get(id) ?? []),
      website: websites.get(row.websiteId) ?? { id: row.websiteId, name: '' },
      preferredLocalization: (row.preferredLocalizationId !== null && localizations.get(row.preferredLocalizationId)) || null,
      roles: roles.get(row.id) ?? [],
      addresses: addresses.get(row.id) ?? [],
      externalId: row.externalId,
      customFields: fieldsOf(row),
      lastLoginAt: row.lastLoginAt,
      loginCount: row.loginCount,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      version: row.version,
    }));
  }
}
