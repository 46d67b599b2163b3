import type { Permission } from '../../platform/authorization/index.js';
import type { Principal } from '../../platform/context/index.js';
import type { Claims } from './claims.js';
import type { ImportColumn } from './import-column.js';
import type { ImportRow } from './import-row.js';

export const MODES = ['validate', 'import'] as const;
export type Mode = (typeof MODES)[number];

export const STRATEGIES = ['add-or-replace', 'add', 'update'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const MAILS = ['none', 'welcome'] as const;
export type Mails = (typeof MAILS)[number];

/** What surrounds the rows of one batch. */
export interface ImportContext {
  readonly importId: number;
  readonly mode: Mode;
  readonly strategy: Strategy;
  readonly mails: Mails;
  /** Who imports: his rights hold for every row. */
  readonly principal: Principal;
  readonly claims: Claims;
}

/** Whether the importer, and the application through which he acts, may do this at any level. */
export function mayIn({ principal: { rights, application } }: Pick<ImportContext, 'principal'>, { name }: Permission): boolean {
  return rights.holds(name) && (application?.scopes.includes(name) ?? true);
}

/** How one kind of records is imported. A feature extends it and lists it among its module's providers. */
export abstract class ImportProfile<Draft extends object = object, Plan = unknown> {
  /** As the API names it: `customer-users`. */
  abstract readonly entity: string;
  /** In words, in the plural: `customer users`. */
  abstract readonly label: string;
  /** Those that every organization's files can have, in the order of the template. */
  abstract readonly columns: readonly ImportColumn<Draft>[];
  /** Who has it for the whole organization may see other people's imports of these records. */
  abstract readonly view: Permission;
  /** The members by which rows of a file can be about the same record. */
  abstract readonly keys: readonly (keyof Draft & string)[];
  /** The member that names a customer user by his id, where there is one: rows about him are found by it. */
  readonly personMember?: keyof Draft & string;

  /** All that files of an organization can have: with what it defines itself. */
  columnsFor(_organizationId: number): Promise<readonly ImportColumn<Draft>[]> {
    return Promise.resolve(this.columns);
  }

  /**
   * Resolves what a batch of rows refers to, in bulk, and decides for each row: every fault is told with `row.refuse`, every row without
   * one is settled. Rows count in their order: a later row finds what an earlier one did. Runs in the batch's unit of work and may be
   * run again; rows that could not be read come too, so that all their faults are told at once.
   */
  abstract decide(rows: readonly ImportRow<Draft>[], context: ImportContext): Promise<Plan>;

  /**
   * Whether {@link decide} would decide in the batch's unit of work what it decided before it, while the batch before was being written.
   * Locks what the rows are about, as `decide` does there. About the rows of a profile without it nothing is decided beforehand.
   */
  stillHolds?(plan: Plan, rows: readonly ImportRow<Draft>[], context: ImportContext): Promise<boolean>;

  /**
   * Writes what was decided, in statements of many rows, in the same unit of work. May call `makeNext` when its long statements begin: the
   * next batch is decided about while they run. Not called when an import only validates.
   */
  abstract write(plan: Plan, context: ImportContext, makeNext: () => void): Promise<void>;
}
