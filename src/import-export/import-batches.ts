import { Injectable } from '@nestjs/common';
import { insertMany, isDuplicateKey, UnitOfWork } from '../platform/database/index.js';
import { DomainError } from '../platform/errors/index.js';
import type { JobRun } from '../platform/jobs/index.js';
import { ClaimsRepository } from './claims.repository.js';
import type { CsvRecord } from './csv/index.js';
import { ImportEndings } from './import-endings.js';
import { Import, ImportDifference, ImportError } from './import.entity.js';
import type { ImportContext, ImportProfile } from './import-profile.js';
import { type ImportRow, OUTCOMES } from './import-row.js';
import type { ScannedSheet } from './sheet.js';

/** Tries of a batch that collides with what others do to the same records at the same moment. */
const TRIES = 3;
const MAX_VALUE = 1_000;

export interface Running {
  readonly profile: ImportProfile;
  readonly file: ScannedSheet<object>;
  readonly context: Omit<ImportContext, 'claims'>;
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

  /** False when the import was cancelled instead. */
  async commit(batch: readonly CsvRecord[], running: Running): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.work.run(() => this.attempt(batch, running));
      } catch (error) {
        const collision = isDuplicateKey(error) || (error instanceof DomainError && error.kind === 'conflict');
        if (!collision || tries === TRIES) throw error;
      }
    }
  }

  private async attempt(batch: readonly CsvRecord[], running: Running): Promise<boolean> {
    const { context, profile, file, run } = running;
    await run.fence();
    const current = await this.work.repository(Import).findOneOrFail({ where: { id: context.importId }, lock: this.work.forUpdate });
    if (current.cancelRequested) {
      await this.endings.end(current, 'cancelled');
      await run.complete();
      return false;
    }
    const rows = batch.map((record) => Object.assign(file.sheet.rowOf(record), { keepsDifferences: current.differences }));
    await this.decideAndWrite(rows, profile, file, context);
    await this.keepErrors(current.id, rows);
    if (current.differences) await this.keepDifferences(current.id, rows);
    await this.work
      .repository(Import)
      .update({ id: current.id }, { ...progressOf(current, rows), position: batch.at(-1)?.end, setbacks: 0 });
    return true;
  }

  private async decideAndWrite(
    rows: ImportRow<object>[],
    profile: ImportProfile,
    { repeated }: ScannedSheet<object>,
    context: Omit<ImportContext, 'claims'>,
  ): Promise<void> {
    const { key } = profile;
    const keys = rows.map(({ draft }) => (key === undefined ? undefined : (draft as Record<string, unknown>)[key]));
    const shared = keys.filter((value): value is string => typeof value === 'string' && repeated.has(value));
    const claims = await this.claims.load(context.importId, shared);
    const whole: ImportContext = { ...context, claims };
    const plan = await profile.decide(rows, whole);
    const open = rows.find((row) => !row.failed && row.outcome === undefined);
    if (open) throw new Error(`The profile ${profile.entity} decided nothing about row ${open.number}.`);
    if (context.mode === 'import') await profile.write(plan, whole);
    await this.claims.save(
      context.importId,
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

function progressOf(current: Import, rows: readonly ImportRow<object>[]) {
  const counted = OUTCOMES.map((outcome) => [outcome, current[outcome] + rows.filter((row) => row.outcome === outcome).length] as const);
  return {
    ...(Object.fromEntries(counted) as Record<(typeof OUTCOMES)[number], number>),
    failed: current.failed + rows.filter(({ failed }) => failed).length,
    rowsRead: current.rowsRead + rows.length,
  };
}
