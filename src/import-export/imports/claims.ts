/** What an earlier row of the file did with a key: made the record that has it, or gave it to a record named by id. */
export type ClaimKind = 'added' | 'taken';

export interface Claim {
  readonly kind: ClaimKind;
  readonly row: number;
}

/** A key as it is kept: a value of one member says nothing of another's. */
export const keyOf = (member: string, value: string): string => `${member} ${value}`;

/**
 * Which keys the rows of a file have used so far; across batches, for those that the file has more than once. Keys that differ in case are
 * two: a profile to which they are one uses them in lower case.
 */
export class Claims {
  readonly made = new Map<string, Claim>();

  constructor(private readonly earlier: ReadonlyMap<string, Claim> = new Map()) {}

  of(member: string, value: string): Claim | undefined {
    const key = keyOf(member, value);
    return this.made.get(key) ?? this.earlier.get(key);
  }

  make(member: string, value: string, kind: ClaimKind, row: number): void {
    this.made.set(keyOf(member, value), { kind, row });
  }
}
