import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { LEASE, Revisions } from './revisions.js';
import type { Subject } from './subject.js';

/** Answers that a process remembers; those that were asked for longest ago go first. */
const MOST = 20_000;

interface Remembered {
  readonly answer: unknown;
  readonly revision: string;
  readonly until: number;
}

/** Remembers what was read from the database for as long as nothing that it depends on changes, on whichever process. */
@Injectable()
export class Memory {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly revisions: Revisions,
  ) {}

  /**
   * What `read` answers, or answered under this key before. It must depend on nothing but the key and the rows of the subjects, and what it
   * answers must not be changed. That something is not there is not remembered. In a unit of work, which sees what others do not see yet,
   * nothing is.
   */
  async recall<T extends object>(key: string, subjects: readonly Subject[], read: () => Promise<T | undefined>): Promise<T | undefined> {
    // Before the rows are read: a change in between makes what is read look old, never new.
    const revision = this.work.isOpen ? undefined : await this.revisions.of(subjects);
    if (revision === undefined) return read();
    const known = this.remembered.get(key);
    if (known?.revision === revision && performance.now() < known.until) return known.answer as T;
    const until = performance.now() + LEASE;
    const answer = await read();
    if (answer) this.keep(key, { answer, revision, until });
    return answer;
  }

  private keep(key: string, one: Remembered): void {
    this.remembered.delete(key);
    this.remembered.set(key, one);
    if (this.remembered.size <= MOST) return;
    const [oldest] = this.remembered.keys();
    if (oldest !== undefined) this.remembered.delete(oldest);
  }
}
