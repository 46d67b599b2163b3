import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext, type Principal } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { FileMissing } from '../../platform/files/index.js';
import { HandlesJob, JobRun, LeaseLost, WhenGivenUp } from '../../platform/jobs/index.js';
import { FileUnreadable } from '../csv/index.js';
import { batchesOf, type ImportBatch } from './import-batch.js';
import { ImportBatches, type Running } from './import-batches.js';
import { ImportEndings } from './import-endings.js';
import { RunImport } from '../import-export.jobs.js';
import { ImportCapability } from '../import-export.permissions.js';
import { ImportPreparation } from './import-preparation.js';
import { Import } from './import.entity.js';
import { isFinished } from './import.view.js';
import { Profiles } from '../profiles.js';
import { madeAhead, readAhead } from './read-ahead.js';
import { BROKEN, type Failure, MAX_SETBACKS } from '../run.js';
import { RunOwners } from '../run-owners.js';

type AsImporter = <T>(work: (running: Running) => Promise<T>) => Promise<T>;

/** Imports a file, from wherever an earlier attempt left off. */
@Injectable()
export class ImportRunner {
  private readonly logger = new Logger('Imports');

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly context: CurrentContext,
    private readonly profiles: Profiles,
    private readonly owners: RunOwners,
    private readonly preparation: ImportPreparation,
    private readonly batches: ImportBatches,
    private readonly endings: ImportEndings,
  ) {}

  @HandlesJob(RunImport)
  async run({ importId }: { importId: number }, run: JobRun): Promise<void> {
    const row = await this.begin(importId, run);
    if (!row) return;
    try {
      await this.carryOut(row, run);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      if (error instanceof FileUnreadable || error instanceof FileMissing || error instanceof ImportRefused)
        await this.fail(importId, error, run);
      else if (await this.setBack(importId, run)) this.logger.error(error, `The import ${importId} is given up`);
      else throw error;
    }
  }

  @WhenGivenUp(RunImport)
  async givenUp({ importId }: { importId: number }): Promise<void> {
    const row = await this.locked(importId);
    if (row && !isFinished(row)) await this.endings.end(row, 'failed', BROKEN);
  }

  private async begin(id: number, run: JobRun): Promise<Import | undefined> {
    return this.work.run(async () => {
      const row = await this.locked(id);
      if (!row || isFinished(row)) {
        await run.complete();
        return undefined;
      }
      await run.fence();
      const begun = { status: row.totalRows === null ? ('validating' as const) : row.status, startedAt: row.startedAt ?? this.clock.now() };
      await this.work.repository(Import).update({ id }, begun);
      return Object.assign(row, begun);
    });
  }

  private async carryOut(row: Import, run: JobRun): Promise<void> {
    const profile = this.profiles.findImport(row.entity);
    await this.importerOf(row);
    if (!profile) throw new ImportRefused();
    const file = await this.preparation.prepare(row, profile, run);
    const { id: importId, mode, strategy, mails, differences } = row;
    const from = row.rowsRead > 0 ? { byte: row.position, row: row.rowsRead } : file.sheet.start;
    const asImporter: AsImporter = async (work) => {
      const principal = await this.importerOf(row);
      const running: Running = { profile, file, run, context: { importId, mode, strategy, mails, differences, principal } };
      return this.context.runAs(principal, 'import', () => work(running));
    };
    const decided = this.decidedAhead(readAhead(batchesOf(file.sheet, from)), asImporter);
    for await (const { item: batch, makeNext } of madeAhead(decided))
      if (!(await asImporter((running) => this.batches.commit(batch, running, makeNext)))) return;
    await this.complete(importId, run);
  }

  /** What goes wrong here goes wrong once more, and is told, when the batch's turn comes. */
  private async *decidedAhead(batches: AsyncGenerator<ImportBatch>, asImporter: AsImporter): AsyncGenerator<ImportBatch> {
    for await (const batch of batches) {
      await asImporter((running) => this.batches.decideAhead(batch, running)).catch(() => undefined);
      yield batch;
    }
  }

  /** Asked before each batch: a long file is imported with the rights of the moment. */
  private async importerOf(row: Import): Promise<Principal> {
    const principal = await this.owners.principalOf(row, ImportCapability);
    if (!principal) throw new ImportRefused();
    return principal;
  }

  private complete(id: number, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      const row = await this.locked(id);
      if (row) await this.endings.end(row, row.failed > 0 ? 'completed-with-errors' : 'completed');
      await run.complete();
    });
  }

  private fail(id: number, { code, message }: DomainError, run: JobRun): Promise<void> {
    return this.end(id, { code, detail: message }, run);
  }

  private end(id: number, failure: Failure, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      const row = await this.locked(id);
      if (row) await this.endings.end(row, 'failed', failure);
      await run.complete();
    });
  }

  /** Counts an attempt that came to nothing; true when it was the last. */
  private async setBack(id: number, run: JobRun): Promise<boolean> {
    const imports = this.work.repository(Import);
    await imports.increment({ id }, 'setbacks', 1);
    const row = await imports.findOneBy({ id });
    if (!row || row.setbacks < MAX_SETBACKS) return false;
    await this.end(id, BROKEN, run);
    return true;
  }

  private locked(id: number): Promise<Import | null> {
    return this.work.repository(Import).findOne({ where: { id }, lock: this.work.forUpdate });
  }
}

class ImportRefused extends DomainError {
  constructor() {
    super('forbidden', 'imports.not_allowed', 'Whoever started the import may not import these records (any more).');
  }
}
