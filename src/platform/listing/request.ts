import type { ObjectLiteral } from 'typeorm';
import type { Field, Kind, Operator, Parameter, Value } from './fields.js';

/** One condition that a client asked for. */
export interface FilterTerm {
  readonly name: string;
  readonly field: Field;
  readonly operator: Operator;
  /** One value, or those of `in`; for `null` whether it has to be NULL. */
  readonly values: readonly Value[];
}

export interface SortKey {
  readonly name: string;
  readonly column: string;
  readonly kind: Kind;
  readonly nullable: boolean;
  readonly descending: boolean;
  /** What a row has of it, where `column` is an expression: {@link readingOtherwise}. */
  readonly read?: (row: ObjectLiteral) => Value | null;
}

/** The sort keys' values of the row that a page follows, the id's among them. */
export type Position = readonly (Value | null)[];

export type Parameters = Readonly<Record<string, Parameter>>;

type ValueOf<P extends Parameter> = P['type'] extends 'integer' | 'id'
  ? number
  : P['type'] extends 'boolean'
    ? boolean
    : P['type'] extends 'instant'
      ? Date
      : P extends { readonly values: readonly (infer V)[] }
        ? V
        : string;

export type ParameterValues<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends { readonly required: true } ? ValueOf<P[K]> : ValueOf<P[K]> | undefined;
};

/** What a client asks of a list, read and found right. */
export interface ListRequest<P extends Parameters = Parameters> {
  readonly filters: readonly FilterTerm[];
  /** Ends with the id, so that no two rows are equal. */
  readonly order: readonly SortKey[];
  readonly limit: number;
  readonly after?: Position;
  readonly total: boolean;
  /** The words of `q`, as the column of words has them. */
  readonly words?: readonly string[];
  /** Of the resource's own parameters, those that were given. */
  readonly parameters: ParameterValues<P>;
  /** Fields that keep a text as typed are filtered by it in that case. No client asks for it: the resource decides. */
  readonly caseSensitive?: boolean;
}

/** A page's place in its list. */
export interface PageInfo {
  limit: number;
  /** The cursor of the next page; `null` on the last one. */
  next: string | null;
  /** Of all rows that the filters let through; only when it was asked for. */
  total?: number;
}

/** What a list answers. */
export interface Page<T> {
  items: T[];
  page: PageInfo;
}
