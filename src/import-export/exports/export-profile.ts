import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Permission } from '../../platform/authorization/index.js';
import type { Listing, ListRequest } from '../../platform/listing/index.js';

export type ExportedValue = string | number | boolean | null | readonly string[];

/** A column that an export can write. */
export interface ExportColumn<Row> {
  /** `Roles # Role` stands for as many columns as the widest row needs. */
  readonly header: string;
  /** The name in JSON lines, and the one to ask for it by. */
  readonly member: string;
  readonly value: (row: Row) => ExportedValue;
  /** Left out unless it is asked for. */
  readonly onRequest?: boolean;
}

/**
 * How one kind of records is exported. A feature extends it and lists it among its module's providers. `Read` is what is read of each
 * record, `Row` what the columns are made from.
 */
export abstract class ExportProfile<Read extends ObjectLiteral = ObjectLiteral, Row = unknown> {
  /** As the API names it: `customer-users`. */
  abstract readonly entity: string;
  /** In words, in the plural. */
  abstract readonly label: string;
  /** Those that every organization's records have. */
  abstract readonly columns: readonly ExportColumn<Row>[];
  /** What one needs in order to export these records. */
  abstract readonly view: Permission;
  /** The list whose filters and sort keys an export takes. */
  abstract readonly listing: Listing;

  /** All that exports of an organization's records can have: with what it defines itself. */
  columnsFor(_organizationId: number): Promise<readonly ExportColumn<Row>[]> {
    return Promise.resolve(this.columns);
  }

  /** What a request means here, beyond what the list's definition makes of it. */
  follow(request: ListRequest): Promise<ListRequest> {
    return Promise.resolve(request);
  }

  /**
   * What is read of each record for columns of the members `asked` for, beside what the query selects under names of its own; whole
   * records where there is no answer.
   */
  reads(_asked: ReadonlySet<string>): readonly (keyof Read & string)[] | undefined {
    return undefined;
  }

  /** The records that the caller may see. */
  abstract query(): SelectQueryBuilder<ObjectLiteral>;

  /** What the columns of the members `asked` for are made from, for one batch of records, in its order. */
  abstract rowsOf(records: readonly Read[], asked: ReadonlySet<string>): Promise<readonly Row[]>;

  /** For each repeated column's member: how many columns the widest of the records needs, at least one. */
  widths(_query: SelectQueryBuilder<ObjectLiteral>): Promise<Record<string, number>> {
    return Promise.resolve({});
  }
}
