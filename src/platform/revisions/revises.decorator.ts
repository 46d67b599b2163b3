const REVISES = 'platform:revises';

interface Common {
  /** Members that no remembered answer depends on: a statement that sets these alone is passed over. */
  readonly apartFrom?: readonly string[];
  /** Where they are the fewer, the members that remembered answers depend on. */
  readonly only?: readonly string[];
  /** New rows change what is remembered as well. */
  readonly added?: boolean;
}

/** `all`: the kind that every write changes. `by`: the kind of the subject that a member holds the id of, the most telling first. */
export type Revising = Common & ({ readonly all: string } | { readonly by: Readonly<Record<string, string>> });

/**
 * Marks an entity that remembered answers depend on. Every statement that writes its table, whoever sends it, changes the revision of the
 * subjects that it names by `by`; one that does not say so plainly which they are changes everything.
 */
export const Revises =
  (revising: Revising): ClassDecorator =>
  (target) =>
    Reflect.defineMetadata(REVISES, revising, target);

export const revisingOf = (target: unknown): Revising | undefined =>
  typeof target === 'function' ? (Reflect.getMetadata(REVISES, target) as Revising | undefined) : undefined;
