/** Somebody whose data are collected or erased. */
export interface DataSubject {
  readonly customerUserId: number;
  readonly organizationId: number;
  /** First and last name. */
  readonly name: string;
  readonly email: string;
  /** Every email address that he has, had or wanted and that nobody else has: what is kept under one of them alone is his. */
  readonly emails: readonly string[];
  /** Every first, middle and last name that he has or had. */
  readonly names: { readonly first: readonly string[]; readonly middle: readonly string[]; readonly last: readonly string[] };
  /** Somebody else of his organization has the same first and last name: a text that names them need not be about him. */
  readonly hasNamesake: boolean;
  /** Every phone number and external id that he has or had. */
  readonly identifiers: readonly string[];
  /** What else is or was known of him, these among it: other parts of his name, his birthday, phone, external id and custom fields. */
  readonly values: readonly string[];
  /** What stands in place of his name and email address once he is erased. */
  readonly pseudonym: { readonly name: string; readonly email: string };
}

/** What is shown where something was erased. */
export const ERASED = '(erased)';

/** The part of a customer user's data that a feature keeps. Each feature that keeps any provides it, by extending the class. */
export abstract class PersonalData {
  /** The member of an export that it becomes. */
  abstract readonly section: string;

  /** The tables that it keeps, as they are named in the database. */
  abstract readonly tables: readonly string[];

  /**
   * All that is held about him, without secrets. Whoever acts, and outside of a unit of work. Lists that grow with time are async
   * iterables, here and inside of objects: they are read while they are written out.
   */
  abstract collect(subject: DataSubject): Promise<unknown> | AsyncIterable<unknown>;

  /** Replaces or removes what says who he is; what must be kept stays under his id. In the unit of work that erases him; whoever acts. */
  abstract erase(subject: DataSubject): Promise<void>;
}
