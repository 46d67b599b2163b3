import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { insertMany, isDuplicateKey, UnitOfWork } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import type { JobRun } from '../../platform/jobs/index.js';
import { keyOf } from './claims.js';
import { ClaimsRepository, type Key } from './claims.repository.js';
import type { Decided, ImportBatch } from './import-batch.js';
import { ImportEndings } from './import-endings.js';
import { Import, ImportDifference, ImportError } from './import.entity.js';
import type { ImportContext, ImportProfile } from './import-profile.js';
import { type ImportRow, OUTCOMES } from './import-row.js';
import type { ScannedSheet } from './sheet.js';

/** Tries of a batch that collides with what others do to the same records at the same moment. */
const TRIES = 10;
const MAX_VALUE = 1_000;

export interface Running {
  readonly profile: ImportProfile;
  readonly file: ScannedSheet<object>;
  readonly context: Omit<ImportContext, 'claims'> & { readonly differences: boolean };
  readonly run: JobRun;
}

/** Commits one batch: its rows, their errors, the counts and the place in the file, in one transaction. */
@Injectable()
export class ImportBatches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly claims: ClaimsRepository,
    private readonly endings: ImportEndings,
  ) {}

  /** False when the import was cancelled instead. `makeNext` begins to decide about the next batch. */
  async commit(batch: ImportBatch, running: Running, makeNext: () => void): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.work.run(() => this.attempt(batch, running, makeNext));
      } catch (error) {
        const collision = isDuplicateKey(error) || (error instanceof DomainError && error.kind === 'conflict');
        if (!collision || tries === TRIES) throw error;
      }
    }
  }

  /**
   * Decides about a batch while the one before is still being written, as far as that one cannot matter to it; whether it did after all, and
   * whether anybody else did, is asked when its turn comes. Writes nothing.
   */
  async decideAhead(batch: ImportBatch, running: Running): Promise<void> {
    if (!running.profile.stillHolds || this.work.oneAtATime) return;
    const rows = batch.take();
    if (sharedKeys(rows, running).length > 0) return batch.putBack(rows);
    batch.decidedAhead(await this.decide(rows, running));
  }

  private async attempt(batch: ImportBatch, running: Running, makeNext: () => void): Promise<boolean> {
    const { context, run } = running;
    await run.fence();
    const current = await this.work.repository(Import).findOneOrFail({ where: { id: context.importId }, lock: this.work.forUpdate });
    if (current.cancelRequested) {
      await this.endings.end(current, 'cancelled');
      await run.complete();
      return false;
    }
    const decided = (await this.stillDecided(batch, running, makeNext)) ?? (await this.decide(batch.take(), running));
    const { rows } = decided;
    await this.write(decided, running, makeNext);
    await this.keepErrors(current.id, rows);
    if (context.differences) await this.keepDifferences(current.id, rows);
    await this.work.repository(Import).update({ id: current.id }, { ...progressOf(current, rows), position: batch.end, setbacks: 0 });
    return true;
  }

  private async stillDecided(batch: ImportBatch, { profile, context }: Running, makeNext: () => void): Promise<Decided | undefined> {
    const ahead = batch.takeDecided();
    if (!ahead || !isDeepStrictEqual(ahead.context.principal, context.principal)) return undefined;
    // Where nothing will be written, nobody is in the way.
    if (ahead.rows.every(({ outcome }) => outcome === undefined || outcome === 'unchanged')) makeNext();
    return (await profile.stillHolds?.(ahead.plan, ahead.rows, ahead.context)) ? ahead : undefined;
  }

  private async decide(rows: readonly ImportRow<object>[], running: Running): Promise<Decided> {
    const { profile } = running;
    const { differences, ...given } = running.context;
    if (differences) for (const row of rows) row.keepsDifferences = true;
    const context: ImportContext = { ...given, claims: await this.claims.load(given.importId, sharedKeys(rows, running)) };
    const plan = await profile.decide(rows, context);
    const open = rows.find((row) => !row.failed && row.outcome === undefined);
    if (open) throw new Error(`The profile ${profile.entity} decided nothing about row ${open.number}.`);
    return { rows, plan, context };
  }

  private async write({ plan, context }: Decided, { profile, file: { repeated } }: Running, makeNext: () => void): Promise<void> {
    const { importId, mode, claims } = context;
    if (mode === 'import') await profile.write(plan, context, makeNext);
    else makeNext();
    await this.claims.save(
      importId,
      [...claims.made].filter(([text]) => repeated.has(text)),
    );
  }

  private async keepDifferences(importId: number, rows: readonly ImportRow<object>[]): Promise<void> {
    const kept = rows.flatMap(({ number, outcome, differences: changes }) =>
      outcome && changes ? [{ importId, row: number, outcome, changes }] : [],
    );
    await insertMany(this.work.manager, ImportDifference, kept);
  }

  private async keepErrors(importId: number, rows: readonly ImportRow<object>[]): Promise<void> {
    const errors = rows.flatMap(({ number, faults }) =>
      faults.map(({ value, ...fault }) => ({ importId, row: number, ...fault, value: value?.slice(0, MAX_VALUE).toWellFormed() ?? null })),
    );
    await insertMany(this.work.manager, ImportError, errors);
  }
}

/** The keys of the rows that the file has more than once: what was done with them counts for later rows. */
function sharedKeys(rows: readonly ImportRow<object>[], { profile: { keys }, file: { repeated } }: Running): Key[] {
  return (keys as readonly string[]).flatMap((member) =>
    rows.flatMap(({ draft }) => {
      const value = (draft as Record<string, unknown>)[member];
      return typeof value === 'string' && repeated.has(keyOf(member, value)) ? { member, value } : [];
    }),
  );
}

function progressOf(current: Import, rows: readonly ImportRow<object>[]) {
  const counted = OUTCOMES.map((outcome) => [outcome, current[outcome] + rows.filter((row) => row.outcome === outcome).length] as const);
  return {
    ...(Object.fromEntries(counted) as Record<(typeof OUTCOMES)[number], number>),
    failed: current.failed + rows.filter(({ failed }) => failed).length,
    rowsRead: current.rowsRead + rows.length,
  };
}
