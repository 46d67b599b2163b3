import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { CompanionsReader } from './lists/companions.js';
import { CustomerUserAddresses } from './addresses/customer-user-addresses.service.js';
import type { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserView } from './customer-users.dto.js';

type Named = Pick<CustomerUser, 'namePrefix' | 'firstName' | 'middleName' | 'lastName' | 'nameSuffix'>;

/** All parts of a name that there are. */
export const fullNameOf = ({ namePrefix, firstName, middleName, lastName, nameSuffix }: Named): string =>
  [namePrefix, firstName, middleName, lastName, nameSuffix].filter((part) => part !== null && part !== '').join(' ');

/** Customer users as clients see them. */
@Injectable()
export class CustomerUserViews {
  constructor(
    private readonly companions: CompanionsReader,
    private readonly customFields: CustomFieldValues,
    private readonly addresses: CustomerUserAddresses,
    private readonly context: CurrentContext,
  ) {}

  async of(row: CustomerUser): Promise<CustomerUserView> {
    const [view] = await this.ofAll([row]);
    return view as CustomerUserView;
  }

  async ofAll(rows: readonly CustomerUser[]): Promise<CustomerUserView[]> {
    const companions = await this.companions.of(rows);
    // Customer users are shown no custom fields: none are read for them.
    const fieldsOf = await this.customFields.shown('customer_user', this.context.findPrincipal()?.side === 'storefront' ? [] : rows);
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
      customer: companions.customerOf(row),
      owner: companions.ownerOf(row),
      salesRepresentatives: companions.representativesOf(row.id),
      website: companions.websiteOf(row),
      preferredLocalization: companions.localizationOf(row),
      roles: companions.rolesOf(row.id),
      addresses: addresses.get(row.id) ?? [],
      externalId: row.externalId,
      customFields: fieldsOf(row),
      lastLoginAt: row.lastLoginAt,
      loginCount: row.loginCount,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      erasedAt: row.erasedAt,
      version: row.version,
    }));
  }
}
