import { cell, CellRefused, type ImportColumn } from '../../import-export/index.js';
import { normalisePhone } from '../../platform/http/index.js';
import { countries } from './countries.js';

/** What a row of a file says of an address. */
export interface AddressRow {
  label: string;
  company: string;
  namePrefix: string;
  firstName: string;
  middleName: string;
  lastName: string;
  nameSuffix: string;
  street: string;
  street2: string;
  postalCode: string;
  city: string;
  regionText: string;
  regionCode: string;
  countryCode: string;
  addressId: number;
  phone: string;
  primary: boolean;
  ownerUsername: string;
  billing: boolean;
  defaultBilling: boolean;
  shipping: boolean;
  defaultShipping: boolean;
  remove: boolean;
}

const line = cell.line(255);
const long = cell.line(500);

function phone(text: string): string {
  const number = normalisePhone(text);
  if (number === undefined) throw new CellRefused('not_a_phone', 'must be a phone number with its country, such as +49 30 1234567');
  return number;
}

const code = (text: string): string => String(line(text)).toUpperCase();

/** The columns of OroCommerce's files, with those that name whose address it is in their place. */
export function addressColumns<Draft extends AddressRow>(owner: readonly ImportColumn<Draft>[]): readonly ImportColumn<Draft>[] {
  const column = (header: string, member: keyof AddressRow, read: ImportColumn<Draft>['read'], example = ''): ImportColumn<Draft> => ({
    header,
    member,
    read,
    example,
  });
  return [
    column('Label', 'label', line, 'Head office'),
    column('Organization', 'company', line, 'Acme Industrial'),
    column('Name Prefix', 'namePrefix', line),
    column('First Name', 'firstName', line, 'Amanda'),
    column('Middle Name', 'middleName', line),
    column('Last Name', 'lastName', line, 'Cole'),
    column('Name Suffix', 'nameSuffix', line),
    column('Street', 'street', long, '1215 Caldwell Road'),
    column('Street 2', 'street2', long),
    column('Zip/Postal Code', 'postalCode', line, '14608'),
    column('City', 'city', line, 'Rochester'),
    column('State', 'regionText', line),
    column('State Combined code', 'regionCode', code, 'US-NY'),
    column('Country ISO2 code', 'countryCode', code, 'US'),
    column('Address ID', 'addressId', cell.id()),
    column('Phone', 'phone', phone, '+1 585 5550100'),
    column('Primary', 'primary', cell.flag(), '1'),
    ...owner,
    // Exports have it for people to read.
    column('Owner Username', 'ownerUsername', (text) => text),
    column('Billing', 'billing', cell.flag(), '1'),
    column('Default Billing', 'defaultBilling', cell.flag(), '1'),
    column('Shipping', 'shipping', cell.flag(), '1'),
    column('Default Shipping', 'defaultShipping', cell.flag(), '0'),
    column('Delete', 'remove', cell.flag()),
  ];
}

/** The region that a country's files name in words; `undefined` where it has none of the name. */
export async function regionNamed(countryCode: string | undefined, name: string): Promise<string | undefined> {
  const regions = (await countries()).regions.get(countryCode ?? '');
  const wanted = name.toLowerCase();
  for (const [region, text] of regions ?? []) if (text.toLowerCase() === wanted) return region;
  return undefined;
}
