import { type ImportContext, ImportProfile, type ImportRow } from '../../import-export/index.js';
import type { Permission, ReachedRows } from '../../platform/authorization/index.js';
import type { BookOwner } from './address-book.js';
import { carryOut, type ImportedBook } from './address-import-books.js';
import type { AddressRow } from './address-import-row.js';
import type { AddressImportWriting } from './address-import-writing.js';

type Act = 'create' | 'edit' | 'delete';

/** Those whose addresses the importer may see, and do something to. */
type Reached = Readonly<Record<Act | 'view', ReadonlySet<number>>>;

/** Who has addresses of one kind, and what seeing him takes. */
interface Holders {
  readonly rows: Pick<ReachedRows<{ id: number; version: number }>, 'idsReached'>;
  readonly view: Permission;
}

/** The owners of a batch's addresses. */
export interface AddressOwners<Draft> {
  /** Whom a row names: `undefined` where it names nobody. Refuses the row where there is no such owner. */
  readonly named: (row: ImportRow<AddressRow & Draft>) => number | undefined;
  readonly reached: Reached;
}

/** How files of addresses are imported, whoever owns them. */
export abstract class AddressImport<Draft extends object> extends ImportProfile<AddressRow & Draft, readonly ImportedBook[]> {
  abstract readonly kind: BookOwner['kind'];
  readonly keys = [];

  protected constructor(
    private readonly writing: AddressImportWriting,
    private readonly permissions: Readonly<Record<Act | 'view', Permission>>,
    private readonly holders: Holders,
  ) {
    super();
  }

  /** The owners whom rows name, and those of `ids`, locked until the batch is committed. */
  protected abstract owners(
    rows: readonly ImportRow<AddressRow & Draft>[],
    ids: readonly number[],
    context: ImportContext,
  ): Promise<AddressOwners<Draft>>;

  /** Of these owners, those whom the importer sees, and among them those whose addresses he may see, and do something to. */
  protected async reach(organizationId: number, ids: readonly number[]): Promise<{ seen: ReadonlySet<number>; reached: Reached }> {
    const { rows, view } = this.holders;
    const all = [...new Set(ids)];
    const seen = await rows.idsReached(view, organizationId, all);
    const of = async (act: Act | 'view') =>
      new Set([...(await rows.idsReached(this.permissions[act], organizationId, all))].filter((id) => seen.has(id)));
    return { seen, reached: { view: await of('view'), create: await of('create'), edit: await of('edit'), delete: await of('delete') } };
  }

  /** What else a change of their books takes. */
  protected abstract touch(ownerIds: readonly number[]): Promise<void>;

  /** The members that name the owner; what is wrong with him is shown at the one that the row has, or else at the first. */
  protected abstract readonly ownerMembers: readonly [keyof Draft & string, ...(keyof Draft & string)[]];

  async decide(rows: readonly ImportRow<AddressRow & Draft>[], context: ImportContext): Promise<readonly ImportedBook[]> {
    const { organizationId } = context.principal;
    const addressIds = [...new Set(rows.flatMap(({ draft }) => draft.addressId ?? []))];
    const ownerOf = await this.writing.ownersOf(this.kind, organizationId, addressIds);
    const owners = await this.owners(rows, [...new Set(ownerOf.values())], context);
    const meant = rows.map((row) => this.meant(row, ownerOf, owners));
    const books = await this.writing.books(this.kind, [...new Set(meant.flatMap((id) => id ?? []))]);
    const primaries = new Set(rows.flatMap(({ draft }, i) => (draft.primary ? [meant[i]] : [])));
    for (const [i, row] of rows.entries()) {
      const ownerId = meant[i];
      const book = ownerId === undefined ? undefined : books.get(ownerId);
      if (book) await this.decideOne(row, book, owners, context, primaries.has(ownerId));
    }
    return [...books.values()];
  }

  async write(books: readonly ImportedBook[], { principal }: ImportContext): Promise<void> {
    const changed = await this.writing.write(this.kind, principal.organizationId, books);
    if (changed.length > 0) await this.touch(changed);
  }

  /** Whose book the row is about; refuses one that names nobody, a stranger, or another than its owner. */
  private meant(
    row: ImportRow<AddressRow & Draft>,
    ownerOf: ReadonlyMap<number, number>,
    { named, reached }: AddressOwners<Draft>,
  ): number | undefined {
    const { draft } = row;
    const name = named(row);
    const ownerMember = this.ownerMembers.find((member) => row.has(member)) ?? this.ownerMembers[0];
    const refused = this.ownerMembers.some((member) => row.isRefused(member));
    if (draft.addressId === undefined) {
      if (row.has('addressId') || refused) return undefined;
      if (draft.remove) row.refuse('addressId', 'required', 'is required of an address that is to be removed');
      else if (name === undefined) row.refuse(ownerMember, 'required', 'is required of a new address');
      return row.isRefused('addressId') ? undefined : name;
    }
    const owner = ownerOf.get(draft.addressId);
    if (owner === undefined || !reached.view.has(owner)) {
      row.refuse('addressId', 'addresses.unknown', 'there is no such address');
      return undefined;
    }
    if (name !== undefined && name !== owner) row.refuse(ownerMember, 'addresses.owner_fixed', 'an address never changes its owner');
    return owner;
  }

  private async decideOne(
    row: ImportRow<AddressRow & Draft>,
    book: ImportedBook,
    { reached }: AddressOwners<Draft>,
    { strategy }: ImportContext,
    /** Some row makes an address of the book primary, so that the one that is so far need not stay it. */
    anotherPrimary: boolean,
  ): Promise<void> {
    const { addressId, remove } = row.draft;
    const act: Act = remove ? 'delete' : addressId === undefined ? 'create' : 'edit';
    if (!reached[act].has(book.ownerId))
      row.refuseRow('auth.permission_missing', `this needs the permission ${this.permissions[act].name}`);
    if (addressId !== undefined && strategy === 'add')
      row.refuse('addressId', 'imports.exists', 'is there already, and the import only adds');
    if (addressId === undefined && strategy === 'update')
      row.refuse('addressId', 'imports.missing', 'is not there, and the import only updates');
    if (addressId !== undefined && !book.rows.some(({ id }) => id === addressId))
      return row.refuse('addressId', 'addresses.unknown', 'an earlier row removes this address');
    await carryOut(row, book, anotherPrimary);
  }
}
