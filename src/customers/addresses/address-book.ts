import { isDeepStrictEqual } from 'node:util';
import type { MemberFault } from '../../platform/errors/index.js';
import { faultsOf } from './address-rules.js';
import { PLAIN_MEMBERS } from './address-views.js';
import { Address } from './address.entity.js';
import { ADDRESS_TYPES, type AddressDraft, type AddressEntry } from './addresses.dto.js';

/** Whose addresses they are. */
export interface BookOwner {
  readonly kind: 'customer' | 'customer_user';
  readonly id: number;
  readonly organizationId: number;
  /** What else a change of the book takes, in the same unit of work. */
  readonly touch?: () => Promise<unknown>;
}

/** In one book. */
export const MOST_ADDRESSES = 500;

const DEFAULTS = { billing: 'defaultBilling', shipping: 'defaultShipping' } as const;

/** The addresses of one owner in memory: exactly one is primary, and at most one the default of each type. Oldest first. */
export class AddressBook {
  private readonly faults: MemberFault[] = [];
  private readonly unreadable: ReadonlySet<string>;
  private readonly before: ReadonlyMap<Address, Address>;

  constructor(
    readonly rows: Address[],
    known: readonly MemberFault[] = [],
  ) {
    this.faults.push(...known);
    this.unreadable = new Set(known.map(({ pointer }) => pointer));
    this.before = new Map(rows.map((row) => [row, Object.assign(new Address(), row)]));
  }

  /** Adds a new address, or changes one of the book; every rule that it breaks is noted by pointers below `pointer`. */
  async put(draft: AddressDraft, row: Address | undefined, pointer = ''): Promise<Address> {
    const address = row ?? emptyAddress();
    if (!row) this.rows.push(address);
    if (this.rows.length > MOST_ADDRESSES)
      this.note(pointer, 'addresses.book_full', `An address book holds at most ${MOST_ADDRESSES} addresses.`);
    for (const member of PLAIN_MEMBERS) if (draft[member] !== undefined) Object.assign(address, { [member]: draft[member] });
    if (draft.types) this.setTypes(address, draft);
    if (draft.primary === true) this.makePrimary(address);
    else if (draft.primary === false && address.isPrimary && row)
      this.note(`${pointer}/primary`, 'addresses.primary_required', 'A book has one primary address: make another one primary instead.');
    this.faults.push(...(await faultsOf(address, pointer, this.unreadable)));
    return address;
  }

  /** An address of the book before anything was done to it; none of a new one. */
  asItWas(row: Address): Address | undefined {
    return this.before.get(row);
  }

  remove(row: Address): void {
    this.rows.splice(this.rows.indexOf(row), 1);
  }

  /** Makes the book what the entries say; those that are left out go. */
  async replace(entries: readonly AddressEntry[], pointer: string): Promise<void> {
    const byId = new Map(this.rows.map((row) => [row.id, row]));
    const kept = new Set(entries.map(({ id }) => id));
    for (const row of byId.values()) if (!kept.has(row.id)) this.remove(row);
    this.noteContradictions(entries, pointer);
    const another = entries.some(({ primary }) => primary === true);
    const seen = new Set<number>();
    for (const [index, entry] of entries.entries()) {
      const own = `${pointer}/${index}`;
      if (this.unreadable.has(`${own}/id`)) continue;
      const row = entry.id === undefined ? undefined : byId.get(entry.id);
      if (entry.id !== undefined && !row) this.note(`${own}/id`, 'addresses.unknown', `There is no address ${entry.id} in this book.`);
      else if (entry.id !== undefined && seen.has(entry.id)) this.note(`${own}/id`, 'addresses.repeated', 'An address is given twice.');
      else await this.put(another && entry.primary === false ? { ...entry, primary: undefined } : entry, row, own);
      if (entry.id !== undefined) seen.add(entry.id);
    }
  }

  /** Sets the primary address where there is none. Answers every broken rule, or what is to be written. */
  settle(): { faults: readonly MemberFault[]; changed: readonly Address[]; removed: readonly Address[] } {
    const [oldest] = this.rows;
    if (oldest && !this.rows.some(({ isPrimary }) => isPrimary)) oldest.isPrimary = true;
    const changed = this.rows.filter((row) => !isDeepStrictEqual(row, this.before.get(row)));
    return { faults: this.faults, changed, removed: [...this.before.keys()].filter((row) => !this.rows.includes(row)) };
  }

  private note(pointer: string, code: string, detail: string): void {
    this.faults.push({ pointer, code, detail });
  }

  private makePrimary(address: Address): void {
    for (const row of this.rows) row.isPrimary = row === address;
  }

  private setTypes(address: Address, { types = [] }: AddressDraft): void {
    for (const type of ADDRESS_TYPES) {
      const use = types.find((candidate) => candidate.type === type);
      address[type] = use !== undefined;
      address[DEFAULTS[type]] = use?.default === true;
      if (use?.default) for (const row of this.rows) row[DEFAULTS[type]] = row === address;
    }
  }

  /** Only one of the entries may be made primary, and one the default of a type. */
  private noteContradictions(entries: readonly AddressEntry[], pointer: string): void {
    const primaries = entries.flatMap(({ primary }, index) => (primary === true ? [`${pointer}/${index}/primary`] : []));
    for (const second of primaries.slice(1)) this.note(second, 'addresses.two_primaries', 'A book has one primary address.');
    for (const wanted of ADDRESS_TYPES) {
      const defaults = entries.flatMap(({ types = [] }, index) =>
        types.flatMap((use, position) => (use.type === wanted && use.default ? [`${pointer}/${index}/types/${position}/default`] : [])),
      );
      for (const second of defaults.slice(1)) this.note(second, 'addresses.two_defaults', `A book has one default ${wanted} address.`);
    }
  }
}

function emptyAddress(): Address {
  const empty = Object.fromEntries(PLAIN_MEMBERS.map((member) => [member, null]));
  const flags = { isPrimary: false, billing: false, defaultBilling: false, shipping: false, defaultShipping: false };
  return Object.assign(new Address(), empty, flags);
}
