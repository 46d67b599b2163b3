import type { MemberFault } from '../../platform/errors/index.js';
import type { AddressDraft } from './addresses.dto.js';
import { type Countries, countries } from './countries.js';

/** The members of an address as it is to be. */
export type WholeAddress = Pick<
  AddressDraft,
  'firstName' | 'lastName' | 'company' | 'street' | 'city' | 'postalCode' | 'countryCode' | 'regionCode' | 'regionText'
>;

const REQUIRED = ['countryCode', 'street', 'city', 'postalCode'] as const;

/**
 * Every rule of addresses that one breaks, by pointers below `pointer`. What depends on a member that is `unreadable`, by pointer, is not
 * asked about.
 */
export async function faultsOf(address: WholeAddress, pointer: string, unreadable: ReadonlySet<string>): Promise<MemberFault[]> {
  const knows = (...members: (keyof WholeAddress)[]) => members.every((member) => !unreadable.has(`${pointer}/${member}`));
  const fault = (member: keyof WholeAddress, code: string, detail: string) => ({ pointer: `${pointer}/${member}`, code, detail });
  const faults = REQUIRED.filter((member) => knows(member) && !address[member]).map((member) =>
    fault(member, 'required', `${member} is required.`),
  );
  if (knows('firstName', 'lastName', 'company') && !address.company && !(address.firstName && address.lastName))
    faults.push(fault('company', 'addresses.name_or_company_required', 'An address needs a first and a last name, or a company.'));
  const { countryCode } = address;
  if (!countryCode || !knows('countryCode')) return faults;
  const known = await countries();
  if (!known.names.has(countryCode))
    return [...faults, fault('countryCode', 'addresses.country_unknown', 'ISO 3166-1 has no such country; write it as in DE.')];
  return [...faults, ...regionFaults({ ...address, countryCode }, known, fault).filter(({ pointer: of }) => !unreadable.has(of))];
}

function regionFaults(
  { countryCode, regionCode, regionText }: WholeAddress & { countryCode: string },
  { names, regions }: Countries,
  fault: (member: keyof WholeAddress, code: string, detail: string) => MemberFault,
): MemberFault[] {
  const [offered, country] = [regions.get(countryCode), names.get(countryCode)];
  const faults: MemberFault[] = [];
  if (offered && !regionCode) faults.push(fault('regionCode', 'addresses.region_required', `An address in ${country} needs a region.`));
  if (regionCode && !offered?.has(regionCode))
    faults.push(fault('regionCode', 'addresses.region_unknown', `${country} has no such region; write it as in US-NY.`));
  if (regionText && offered)
    faults.push(fault('regionText', 'addresses.region_text_refused', `${country} has regions: name one of them with regionCode.`));
  return faults;
}
