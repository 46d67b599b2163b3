import { performance } from 'node:perf_hooks';
import { KEPT, LONGEST_CHANGE, Revisions } from './revisions.js';
import { EVERYTHING, type Subject } from './subject.js';

interface Mark {
  readonly revision: number;
  readonly changing: boolean;
  readonly at: number;
}

/** Marks beyond which those that nobody can need any more are thrown away. */
const MANY = 10_000;

/** For one process on its own: all that changes, changes here. */
export class LocalRevisions extends Revisions {
  private readonly marks = new Map<Subject, Mark>();
  private last = 0;

  of(subjects: readonly Subject[]): Promise<string | undefined> {
    const now = performance.now();
    const marks = [EVERYTHING, ...subjects].map((one) => this.marks.get(one));
    if (marks.some((mark) => mark?.changing === true && now - mark.at < LONGEST_CHANGE)) return Promise.resolve(undefined);
    return Promise.resolve(marks.map((mark) => mark?.revision ?? 0).join(' '));
  }

  changing(subjects: readonly Subject[]): Promise<void> {
    return this.mark(subjects, true);
  }

  changed(subjects: readonly Subject[]): Promise<void> {
    return this.mark(subjects, false);
  }

  private mark(subjects: readonly Subject[], changing: boolean): Promise<void> {
    const at = performance.now();
    const revision = ++this.last;
    for (const one of subjects) {
      // The latest go to the end.
      this.marks.delete(one);
      this.marks.set(one, { revision, changing, at });
    }
    if (this.marks.size > MANY) this.forget(at - KEPT);
    return Promise.resolve();
  }

  private forget(before: number): void {
    for (const [one, { at }] of this.marks) {
      if (at >= before) return;
      this.marks.delete(one);
    }
  }
}
