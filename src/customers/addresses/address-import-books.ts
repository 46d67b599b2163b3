import { isDeepStrictEqual } from 'node:util';
import { differencesBetween, type ImportRow } from '../../import-export/index.js';
import type { MemberFault } from '../../platform/errors/index.js';
import { AddressBook } from './address-book.js';
import { type AddressRow, regionNamed } from './address-import-row.js';
import { entryOf, PLAIN_MEMBERS } from './address-views.js';
import { Address } from './address.entity.js';
import type { AddressDraft, AddressUse } from './addresses.dto.js';

/** The book of one owner in the middle of an import: as it was, and as the rows of a batch make it. New addresses have ids below 0. */
export interface ImportedBook {
  readonly ownerId: number;
  readonly before: readonly Address[];
  rows: Address[];
}

/** A row of a file, whoever's addresses it has. */
type Row = Pick<ImportRow<AddressRow>, 'draft' | 'failed' | 'isRefused' | 'refuse' | 'refuseRow' | 'settle'>;

const SHOWN = [...PLAIN_MEMBERS, 'primary', 'types'] as const;

let lastNew = 0;

/** Carries the row out in the book; where it breaks a rule, the row is refused and the book stays as it was. */
export async function carryOut(row: Row, book: ImportedBook, anotherPrimary: boolean): Promise<void> {
  const { addressId, remove } = row.draft;
  const own = book.rows.find(({ id }) => id === addressId);
  if (remove) {
    if (row.failed) return;
    // Whoever is left gets what is to be had once in a book.
    book.rows = settled(book.rows.filter((address) => address !== own));
    return row.settle('deleted', () => differencesBetween(own && entryOf(own), undefined, SHOWN));
  }
  const rows = book.rows.map((address) => Object.assign(new Address(), address));
  const address = rows.find(({ id }) => id === addressId);
  const unread = PLAIN_MEMBERS.filter((member) => row.isRefused(member)).map((member) => ({ pointer: `/${member}`, code: '', detail: '' }));
  const attempt = new AddressBook(rows, unread);
  const written = await attempt.put(await draftOf(row, address, anotherPrimary), address);
  const { faults } = attempt.settle();
  for (const fault of faults) if (!unread.some(({ pointer }) => pointer === fault.pointer)) refuse(row, fault);
  if (row.failed) return;
  if (!address) written.id = --lastNew;
  const unchanged = own !== undefined && isDeepStrictEqual(book.rows, attempt.rows);
  book.rows = attempt.rows;
  row.settle(own ? (unchanged ? 'unchanged' : 'replaced') : 'added', () =>
    differencesBetween(own && entryOf(own), entryOf(written), SHOWN),
  );
}

function settled(rows: Address[]): Address[] {
  const book = new AddressBook(rows.map((address) => Object.assign(new Address(), address)));
  book.settle();
  return book.rows;
}

async function draftOf(row: Row, address: Address | undefined, anotherPrimary: boolean): Promise<AddressDraft> {
  const { draft } = row;
  const given: AddressDraft = Object.fromEntries(
    PLAIN_MEMBERS.flatMap((member) => (draft[member] === undefined ? [] : [[member, draft[member]]])),
  );
  if (given.regionText != null) {
    // Some files name the region twice, in words as well.
    const region = given.regionCode ?? (await regionNamed(given.countryCode ?? address?.countryCode, given.regionText));
    if (region !== undefined) Object.assign(given, { regionCode: region, regionText: undefined });
  }
  // A country without regions takes none over from the one before.
  if (given.countryCode != null && address && given.countryCode !== address.countryCode) {
    if (given.regionCode === undefined) given.regionCode = null;
    if (given.regionText === undefined) given.regionText = null;
  }
  const stays = draft.primary === false && anotherPrimary;
  return { ...given, primary: stays ? undefined : draft.primary, types: typesOf(draft, address) };
}

/** `undefined` where the row says nothing of them. */
function typesOf(draft: Partial<AddressRow>, address: Address | undefined): AddressUse[] | undefined {
  const { billing, defaultBilling, shipping, defaultShipping } = draft;
  if ([billing, defaultBilling, shipping, defaultShipping].every((flag) => flag === undefined)) return undefined;
  const use = (type: AddressUse['type'], is: boolean | undefined, byDefault: boolean | undefined): AddressUse[] =>
    is === true || (is === undefined && byDefault === true) ? [{ type, default: byDefault === true }] : [];
  return [
    ...use('billing', billing ?? (address?.billing || undefined), defaultBilling ?? address?.defaultBilling),
    ...use('shipping', shipping ?? (address?.shipping || undefined), defaultShipping ?? address?.defaultShipping),
  ];
}

/** As sentences about a cell are written: `is required`. */
function refuse(row: Row, { pointer, code, detail }: MemberFault): void {
  const member = pointer.slice(1);
  const sentence = code === 'required' ? 'is required' : detail.replace(/^(A|An) /, (article) => article.toLowerCase()).replace(/\.$/, '');
  if (member === '') row.refuseRow(code, sentence);
  else row.refuse(member as keyof AddressRow, code, sentence);
}
