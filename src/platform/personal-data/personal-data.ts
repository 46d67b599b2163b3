/** Somebody whose data are collected or erased. */
export interface DataSubject {
  readonly customerUserId: number;
  readonly organizationId: number;
  /** First and last name. */
  readonly name: string;
  readonly email: string;
  /** Somebody else has this email address as well: what is kept under the address alone may be his, and is left alone. */
  readonly emailShared: boolean;
  /** What stands in place of his name and email address once he is erased. */
  readonly pseudonym: { readonly name: string; readonly email: string };
}

/** What is shown where something was erased. */
export const ERASED = '(erased)';

/** The part of a customer user's data that a feature keeps. Each feature that keeps any provides it, by extending the class. */
export abstract class PersonalData {
  /** The member of an export that it becomes. */
  abstract readonly section: string;

  /** All that is held about him, without secrets. Whoever acts. */
  abstract collect(subject: DataSubject): Promise<unknown>;

  /** Replaces or removes what says who he is; what must be kept stays under his id. In the unit of work that erases him; whoever acts. */
  abstract erase(subject: DataSubject): Promise<void>;
}
