import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext, type Principal, reaches } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { Events } from '../../platform/events/index.js';
import { FileMissing } from '../../platform/files/index.js';
import { HandlesJob, JobRun, LeaseLost, WhenGivenUp } from '../../platform/jobs/index.js';
import { endingOf } from './export-ending.js';
import { Export, type ExportStatus } from './export.entity.js';
import type { ExportProfile } from './export-profile.js';
import { ExportWriting } from './export-writing.js';
import { FilesKeeper } from '../files-keeper.js';
import { RunExport } from '../import-export.jobs.js';
import { ExportCapability } from '../import-export.permissions.js';
import { Profiles } from '../profiles.js';
import { BROKEN, type Failure, KEPT_FOR, MAX_SETBACKS } from '../run.js';
import { RunOwners } from '../run-owners.js';

/** Exports a list, from wherever an earlier attempt left off. */
@Injectable()
export class ExportRunner {
  private readonly logger = new Logger('Exports');

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly context: CurrentContext,
    private readonly events: Events,
    private readonly profiles: Profiles,
    private readonly owners: RunOwners,
    private readonly writing: ExportWriting,
    private readonly keeper: FilesKeeper,
  ) {}

  @HandlesJob(RunExport)
  async run({ exportId }: { exportId: number }, run: JobRun): Promise<void> {
    const row = await this.begin(exportId, run);
    if (!row) return;
    try {
      await this.carryOut(row, run);
      await this.end(exportId, 'completed', null, run);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      if (error instanceof FileMissing || error instanceof ExportRefused)
        await this.end(exportId, 'failed', { code: error.code, detail: error.message }, run);
      else if (await this.setBack(exportId, run)) this.logger.error(error, `The export ${exportId} is given up`);
      else throw error;
    }
  }

  @WhenGivenUp(RunExport)
  async givenUp({ exportId }: { exportId: number }): Promise<void> {
    await this.end(exportId, 'failed', BROKEN);
  }

  private begin(id: number, run: JobRun): Promise<Export | undefined> {
    return this.work.run(async () => {
      const row = await this.locked(id);
      if (!row || row.finishedAt !== null) {
        await run.complete();
        return undefined;
      }
      await run.fence();
      const begun = { status: 'running' as const, startedAt: row.startedAt ?? this.clock.now() };
      await this.work.repository(Export).update({ id }, begun);
      return Object.assign(row, begun);
    });
  }

  private async carryOut(row: Export, run: JobRun): Promise<void> {
    const profile = this.profiles.findExport(row.entity);
    if (!profile) throw new ExportRefused();
    const begun = await this.exporterOf(row, profile);
    const allowed = async () => {
      const { rights, globalAccess } = await this.exporterOf(row, profile);
      // What is read was narrowed to what he could see when it began.
      const sees = reaches(rights.level(profile.view.name), begun.rights.level(profile.view.name));
      if (!sees || globalAccess !== begun.globalAccess) throw new ExportRefused();
    };
    await this.context.runAs(begun, 'export', () => this.writing.write(row, profile, run, allowed));
  }

  private async exporterOf(row: Export, { view }: ExportProfile): Promise<Principal> {
    const principal = await this.owners.principalOf(row, ExportCapability);
    if (!principal?.rights.holds(view.name)) throw new ExportRefused();
    return principal;
  }

  private end(id: number, status: ExportStatus, error: Failure | null, run?: JobRun): Promise<void> {
    return this.work.run(async () => {
      const row = await this.locked(id);
      if (row && row.finishedAt === null) {
        const ending = { status, error, finishedAt: this.clock.now(), expiresAt: this.clock.in(KEPT_FOR) };
        await this.work.repository(Export).update({ id }, ending);
        await this.keeper.expire(row.fileKey);
        await this.events.record(endingOf(Object.assign(row, { status, error }), this.profiles));
      }
      await run?.complete();
    });
  }

  /** Counts an attempt that came to nothing; true when it was the last. */
  private async setBack(id: number, run: JobRun): Promise<boolean> {
    const exports = this.work.repository(Export);
    await exports.increment({ id }, 'setbacks', 1);
    const row = await exports.findOneBy({ id });
    if (!row || row.setbacks < MAX_SETBACKS) return false;
    await this.end(id, 'failed', BROKEN, run);
    return true;
  }

  private locked(id: number): Promise<Export | null> {
    return this.work.repository(Export).findOne({ where: { id }, lock: this.work.forUpdate });
  }
}

class ExportRefused extends DomainError {
  constructor() {
    super('forbidden', 'exports.not_allowed', 'Whoever started the export may not export these records (any more).');
  }
}
