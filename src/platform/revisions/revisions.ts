import type { Subject } from './subject.js';

/** Milliseconds for which an answer is remembered at most: what a change that was lost on the way can live on. */
export const LEASE = 30_000;

/** Milliseconds after which a change whose end nobody told counts as ended. Longer than any answer from before it is remembered. */
export const LONGEST_CHANGE = 2 * LEASE;

/** Milliseconds for which a revision is kept: no answer from before it is remembered by then. */
export const KEPT = 4 * LEASE;

/**
 * Says of subjects whether they have changed, on whichever process. A change is told twice: before its commit, from when on nobody
 * remembers what he reads of the subject, for it may be old in a moment; and after, from when on what was remembered before is forgotten.
 */
export abstract class Revisions {
  /** A text that is another one as soon as any of the subjects has changed; `undefined` while there is nothing to rely on. */
  abstract of(subjects: readonly Subject[]): Promise<string | undefined>;

  /** A change of the subjects is about to be committed. */
  abstract changing(subjects: readonly Subject[]): Promise<void>;

  /** It has been committed, or not. Resolves when every process knows, and in any case soon. */
  abstract changed(subjects: readonly Subject[]): Promise<void>;
}
