import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In, MoreThan, Not } from 'typeorm';
import { Organizations, Settings, settings } from '../../organizations/index.js';
import { Clock, MINUTE } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { NotFound } from '../../platform/errors/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { ImportEndings } from './import-endings.js';
import type { ImportFinished } from '../import-export.events.js';
import { RunImport } from '../import-export.jobs.js';
import { Import, ImportDifference, ImportError } from './import.entity.js';
import { isFinished, viewOf } from './import.view.js';
import type { ImportDraft, ImportDifferenceView, ImportErrorView, ImportView } from './imports.dto.js';
import { AlreadyFinished, DifferencesOfImport, refuseMapping, SameFile, UnknownEntity } from './imports.errors.js';
import { importDifferenceListing, importErrorListing, importListing } from './imports.listing.js';
import { Profiles } from '../profiles.js';
import { RunOwners } from '../run-owners.js';
import { startedBy } from '../run.js';
import type { Upload } from '../../platform/http/index.js';

@Injectable()
export class Imports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly organizations: Organizations,
    private readonly settings: Settings,
    private readonly profiles: Profiles,
    private readonly owners: RunOwners,
    private readonly endings: ImportEndings,
  ) {}

  async list(request: ListRequest): Promise<Page<ImportView>> {
    const { rows, page } = await importListing.page(this.visible(), request);
    return { items: rows.map((row) => this.viewOf(row)), page };
  }

  async get(id: number): Promise<ImportView> {
    return this.viewOf(await this.getRow(id));
  }

  /** What its end tells of an import, or would if it came now. Throws `NotFound` for one that the caller may not see. */
  async ending(id: number): Promise<ImportFinished> {
    return this.endings.told(await this.getRow(id));
  }

  async getRow(id: number): Promise<Import> {
    const row = await this.visible().andWhere('import.id = :id', { id }).getOne();
    if (!row) throw new NotFound('import');
    return row;
  }

  async errors(id: number, request: ListRequest): Promise<Page<ImportErrorView>> {
    await this.getRow(id);
    const query = this.work.repository(ImportError).createQueryBuilder('error').where('error.importId = :id', { id });
    const { rows, page } = await importErrorListing.page(query, request);
    return { items: rows.map(({ row, column, code, detail, value }) => ({ row, column, code, detail, value })), page };
  }

  async differences(id: number, request: ListRequest): Promise<Page<ImportDifferenceView>> {
    await this.getRow(id);
    const query = this.work.repository(ImportDifference).createQueryBuilder('difference').where('difference.importId = :id', { id });
    const { rows, page } = await importDifferenceListing.page(query, request);
    return { items: rows.map(({ row, outcome, changes }) => ({ row, outcome, changes })), page };
  }

  /** Has an uploaded file imported. */
  async start({ draft, file, fileName }: Upload<ImportDraft>): Promise<ImportView> {
    const { entity, mode, strategy, mails, mapping, force } = draft;
    const differences = draft.differences === 'true';
    if (differences && mode !== 'validate') throw new DifferencesOfImport();
    const profile = this.profiles.findImport(entity);
    if (!profile) throw new UnknownEntity(this.profiles.imports());
    refuseMapping(mapping, await profile.columnsFor(this.context.principal().organizationId));
    return this.work.run(async () => {
      const asked = { ...startedBy(this.context.principal()), entity, mode, strategy, mails, mapping };
      if (mode === 'import' && force !== 'true') await this.refuseSame(file.sha256, asked);
      const row = Object.assign(new Import(), {
        ...asked,
        status: 'queued' as const,
        fileName,
        differences,
        fileKey: file.key,
        sizeBytes: file.sizeBytes,
        sha256: file.sha256,
        ...NOTHING_DONE,
        createdAt: this.clock.now(),
      });
      const saved = await this.work.repository(Import).save(row);
      await this.jobs.enqueue(RunImport, { importId: saved.id });
      return this.viewOf(saved);
    });
  }

  /** Stops the import at the end of the batch that is under way; what was committed stays. */
  cancel(id: number): Promise<ImportView> {
    return this.work.run(async () => {
      await this.getRow(id);
      const imports = this.work.repository(Import);
      const row = await imports.findOneOrFail({ where: { id }, lock: this.work.forUpdate });
      this.context.refuseStale(row.version);
      if (isFinished(row)) throw new AlreadyFinished();
      if (row.status === 'queued') await this.endings.end(row, 'cancelled');
      else await imports.update({ id }, { cancelRequested: true });
      return this.viewOf(await imports.findOneByOrFail({ id }));
    });
  }

  private async refuseSame(sha256: string, asked: Pick<Import, 'organizationId' | 'entity' | 'mode' | 'strategy' | 'mails' | 'mapping'>) {
    const { organizationId, mapping, entity, mode, strategy, mails } = asked;
    // Of several uploads at once, the second sees the first.
    await this.organizations.lock(organizationId);
    const minutes = await this.settings.get(settings.sameFileMinutes, { organizationId });
    const earlier = await this.work.repository(Import).find({
      where: {
        ...{ sha256, organizationId, entity, mode, strategy, mails },
        createdAt: MoreThan(this.clock.in(-minutes * MINUTE)),
        status: Not(In(['failed', 'cancelled'])),
      },
      order: { id: 'DESC' },
      take: 10,
    });
    const same = earlier.find((row) => isDeepStrictEqual(row.mapping, mapping));
    if (same) throw new SameFile(same.id);
  }

  private viewOf(row: Import): ImportView {
    return viewOf(row, this.clock.now());
  }

  private visible() {
    const query = this.work.repository(Import).createQueryBuilder('import');
    return this.owners.visible(query, 'import', this.profiles.imports());
  }
}

const NOTHING_DONE = {
  contentKey: null,
  scan: null,
  totalRows: null,
  rowsRead: 0,
  position: 0,
  added: 0,
  replaced: 0,
  unchanged: 0,
  deleted: 0,
  failed: 0,
  warnings: [],
  error: null,
  setbacks: 0,
  cancelRequested: false,
  startedAt: null,
  finishedAt: null,
  expiresAt: null,
};
