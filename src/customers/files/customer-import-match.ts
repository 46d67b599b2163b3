import type { ImportContext, ImportRow } from '../../import-export/index.js';
import type { CustomerRow, CustomerSubject, KnownCustomers } from './customer-import-references.js';

const TAKEN = 'customers.external_id_taken';

type Row = ImportRow<CustomerRow>;

/** Finds the customers that rows are about: by id, else by external id, else by name. */
export class CustomerImportMatch {
  constructor(
    private readonly known: KnownCustomers,
    private readonly context: ImportContext,
  ) {}

  /** Nobody where the row is about a new one, and where it is refused. */
  of(row: Row): CustomerSubject | undefined {
    const { id, externalId, name } = row.draft;
    if (id !== undefined) {
      const found = this.known.byId.get(id);
      if (found && this.known.visible.has(id)) return found;
      row.refuse('id', 'customers.unknown', 'there is no such customer');
      return undefined;
    }
    if (row.has('id')) return undefined;
    if (externalId !== undefined) return this.byExternalId(row, externalId);
    if (name === undefined) return undefined;
    const seen = this.called(name);
    if (seen.length > 1)
      row.refuse('name', 'customers.name_ambiguous', 'several customers are called so: give the Id of the one that is meant');
    return seen[0];
  }

  /** Whether a row of an earlier batch made or named the one that the row is about: where nothing is written, its claim alone tells. */
  isMadeEarlier({ draft: { name = '', externalId } }: Row): boolean {
    const { claims, mode } = this.context;
    return mode === 'validate' && (externalId === undefined ? claims.of('name', name) : claims.of('externalId', externalId)) !== undefined;
  }

  /** Keeps what the row made of its name and external id for the rows behind it. */
  claim({ draft: { name, externalId }, number }: Row, target: CustomerSubject | undefined): void {
    const { claims } = this.context;
    if (!target && name !== undefined) claims.make('name', name, 'added', number);
    if (externalId !== undefined && externalId !== target?.customer.externalId)
      claims.make('externalId', externalId, target ? 'taken' : 'added', number);
  }

  /** Another name is a new one of his, unless somebody else has it, or a row of the same file gave the external id to one of that name. */
  private byExternalId(row: Row, externalId: string): CustomerSubject | undefined {
    const { name } = row.draft;
    const found = this.known.byExternalId.get(externalId);
    const claim = found || this.context.mode === 'validate' ? this.context.claims.of('externalId', externalId) : undefined;
    if (name !== undefined && claim && !this.isCalled(name, found, claim))
      row.refuse('externalId', TAKEN, `row ${claim.row} gives this external id to another customer`);
    else if (found && (!this.isSeen(found) || (name !== undefined && name !== found.customer.name && this.called(name).length > 0)))
      row.refuse('externalId', TAKEN, 'another customer has this external id');
    else return found;
    return undefined;
  }

  /** Of one whom only a claim tells of, the name is known as far as rows without an id made it. */
  private isCalled(name: string, found: CustomerSubject | undefined, { kind }: { kind: string }): boolean {
    return found ? found.customer.name === name : kind === 'taken' || this.context.claims.of('name', name) !== undefined;
  }

  private called(name: string): CustomerSubject[] {
    return (this.known.byName.get(name) ?? []).filter((subject) => this.isSeen(subject));
  }

  private isSeen({ before }: CustomerSubject): boolean {
    return !before || this.known.visible.has(before.id);
  }
}
