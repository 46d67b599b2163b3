import type { SelectQueryBuilder } from 'typeorm';
import { type ExportColumn, ExportProfile } from '../../import-export/index.js';
import type { UnitOfWork } from '../../platform/database/index.js';
import { Address } from './address.entity.js';
import { addressListing } from './addresses.listing.js';

const READ = [
  ...(['id', 'customerId', 'customerUserId', 'label', 'company', 'namePrefix', 'firstName', 'middleName', 'lastName'] as const),
  ...(['nameSuffix', 'street', 'street2', 'postalCode', 'city', 'regionText', 'regionCode', 'countryCode', 'phone'] as const),
  ...(['isPrimary', 'billing', 'defaultBilling', 'shipping', 'defaultShipping'] as const),
];

/** An address with what whoever has it is called, and the console user who owns him. */
interface ExportedAddress extends Pick<Address, (typeof READ)[number]> {
  readonly holder: string;
  readonly ownerUsername: string | null;
}

/** Whose addresses they are. */
interface Holders {
  /** The member of an address that names them. */
  readonly member: 'customerId' | 'customerUserId';
  readonly header: string;
  readonly table: string;
  /** What they are known by. */
  readonly called: { readonly header: string; readonly member: string; readonly column: string };
}

/** The columns of OroCommerce's files, with those that name whose address it is in their place. */
const columnsOf = ({ member, header, called }: Holders): readonly ExportColumn<ExportedAddress>[] => [
  { header: 'Label', member: 'label', value: ({ label }) => label },
  { header: 'Organization', member: 'company', value: ({ company }) => company },
  { header: 'Name Prefix', member: 'namePrefix', value: ({ namePrefix }) => namePrefix },
  { header: 'First Name', member: 'firstName', value: ({ firstName }) => firstName },
  { header: 'Middle Name', member: 'middleName', value: ({ middleName }) => middleName },
  { header: 'Last Name', member: 'lastName', value: ({ lastName }) => lastName },
  { header: 'Name Suffix', member: 'nameSuffix', value: ({ nameSuffix }) => nameSuffix },
  { header: 'Street', member: 'street', value: ({ street }) => street },
  { header: 'Street 2', member: 'street2', value: ({ street2 }) => street2 },
  { header: 'Zip/Postal Code', member: 'postalCode', value: ({ postalCode }) => postalCode },
  { header: 'City', member: 'city', value: ({ city }) => city },
  { header: 'State', member: 'regionText', value: ({ regionText }) => regionText },
  { header: 'State Combined code', member: 'regionCode', value: ({ regionCode }) => regionCode },
  { header: 'Country ISO2 code', member: 'countryCode', value: ({ countryCode }) => countryCode },
  { header: 'Address ID', member: 'addressId', value: ({ id }) => id },
  { header: 'Phone', member: 'phone', value: ({ phone }) => phone },
  { header: 'Primary', member: 'primary', value: ({ isPrimary }) => isPrimary },
  { header, member, value: (address) => address[member] },
  { header: called.header, member: called.member, value: ({ holder }) => holder },
  { header: 'Owner Username', member: 'ownerUsername', value: ({ ownerUsername }) => ownerUsername },
  { header: 'Billing', member: 'billing', value: ({ billing }) => billing },
  { header: 'Default Billing', member: 'defaultBilling', value: ({ defaultBilling }) => defaultBilling },
  { header: 'Shipping', member: 'shipping', value: ({ shipping }) => shipping },
  { header: 'Default Shipping', member: 'defaultShipping', value: ({ defaultShipping }) => defaultShipping },
  { header: 'Delete', member: 'remove', value: () => null },
];

/** How addresses are exported, whoever has them: into files that an import leaves unchanged. */
export abstract class AddressExport extends ExportProfile<ExportedAddress, ExportedAddress> {
  readonly listing = addressListing;
  readonly columns: readonly ExportColumn<ExportedAddress>[];

  protected constructor(
    private readonly work: UnitOfWork,
    private readonly holders: Holders,
  ) {
    super();
    this.columns = columnsOf(holders);
  }

  /** Those whose addresses the caller may see, and himself their view allows: their ids alone are selected. */
  protected abstract reached(): SelectQueryBuilder<{ id: number }>[];

  override reads() {
    return READ;
  }

  query(): SelectQueryBuilder<Address> {
    const { member, table, called } = this.holders;
    const query = this.work
      .repository(Address)
      .createQueryBuilder('address')
      .leftJoin(table, 'holder', `holder.id = address.${member}`)
      .leftJoin('users', 'owner', 'owner.id = holder.owner_id')
      .addSelect(`holder.${called.column}`, 'holder')
      .addSelect('owner.email', 'ownerUsername')
      .where(`address.${member} IS NOT NULL`);
    for (const ids of this.reached()) query.andWhere(`address.${member} IN (${ids.getQuery()})`).setParameters(ids.getParameters());
    return query;
  }

  rowsOf(addresses: readonly ExportedAddress[]): Promise<readonly ExportedAddress[]> {
    return Promise.resolve(addresses);
  }
}
