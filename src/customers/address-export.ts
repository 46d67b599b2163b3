import type { SelectQueryBuilder } from 'typeorm';
import { type ExportColumn, ExportProfile } from '../import-export/index.js';
import type { UnitOfWork } from '../platform/database/index.js';
import type { BookOwner } from './address-book.js';
import { Address } from './address.entity.js';
import { addressListing } from './addresses.listing.js';

/** An address with what its owner is called. */
export interface ExportedAddress<Owner> {
  readonly address: Address;
  readonly owner: Owner | undefined;
}

type Member = { [M in keyof Address]: Address[M] extends string | number | boolean | null ? M : never }[keyof Address];

/** The columns of OroCommerce's files, with those that name whose address it is in their place. */
function columnsOf<Owner>(owner: readonly ExportColumn<ExportedAddress<Owner>>[]): readonly ExportColumn<ExportedAddress<Owner>>[] {
  const plain = (header: string, member: Member, name: string = member): ExportColumn<ExportedAddress<Owner>> => ({
    header,
    member: name,
    value: ({ address }) => address[member],
  });
  return [
    plain('Label', 'label'),
    plain('Organization', 'company'),
    plain('Name Prefix', 'namePrefix'),
    plain('First Name', 'firstName'),
    plain('Middle Name', 'middleName'),
    plain('Last Name', 'lastName'),
    plain('Name Suffix', 'nameSuffix'),
    plain('Street', 'street'),
    plain('Street 2', 'street2'),
    plain('Zip/Postal Code', 'postalCode'),
    plain('City', 'city'),
    plain('State', 'regionText'),
    plain('State Combined code', 'regionCode'),
    plain('Country ISO2 code', 'countryCode'),
    plain('Address ID', 'id', 'addressId'),
    plain('Phone', 'phone'),
    plain('Primary', 'isPrimary', 'primary'),
    ...owner,
    plain('Billing', 'billing'),
    plain('Default Billing', 'defaultBilling'),
    plain('Shipping', 'shipping'),
    plain('Default Shipping', 'defaultShipping'),
    { header: 'Delete', member: 'remove', value: () => null },
  ];
}

/** How addresses are exported, whoever owns them: into files that an import leaves unchanged. */
export abstract class AddressExport<Owner> extends ExportProfile<Address, ExportedAddress<Owner>> {
  readonly listing = addressListing;
  readonly columns: readonly ExportColumn<ExportedAddress<Owner>>[];

  protected constructor(
    protected readonly work: UnitOfWork,
    private readonly kind: BookOwner['kind'],
    owner: readonly ExportColumn<ExportedAddress<Owner>>[],
  ) {
    super();
    this.columns = columnsOf(owner);
  }

  /** The owners whose addresses the caller may see, and himself their view allows: their ids alone are selected. */
  protected abstract owners(): SelectQueryBuilder<{ id: number }>[];

  /** By id, what they are called. */
  protected abstract called(ids: readonly number[]): Promise<ReadonlyMap<number, Owner>>;

  query(): SelectQueryBuilder<Address> {
    const query = this.work.repository(Address).createQueryBuilder('address').where(`${this.ownerColumn} IS NOT NULL`);
    for (const owners of this.owners())
      query.andWhere(`${this.ownerColumn} IN (${owners.getQuery()})`).setParameters(owners.getParameters());
    return query;
  }

  async rowsOf(addresses: readonly Address[]): Promise<ExportedAddress<Owner>[]> {
    const ownerOf = ({ customerId, customerUserId }: Address) => customerId ?? customerUserId ?? 0;
    const called = await this.called([...new Set(addresses.map(ownerOf))]);
    return addresses.map((address) => ({ address, owner: called.get(ownerOf(address)) }));
  }

  widths(): Promise<Record<string, number>> {
    return Promise.resolve({});
  }

  private get ownerColumn(): string {
    return this.kind === 'customer' ? 'address.customerId' : 'address.customerUserId';
  }
}
