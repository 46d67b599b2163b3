import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { requirePermission } from '../../platform/authorization/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { DomainError, NotFound } from '../../platform/errors/index.js';
import { FileStore } from '../../platform/files/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { chooseColumns } from './export-columns.js';
import { endingOf } from './export-ending.js';
import { Export } from './export.entity.js';
import type { ExportFinished } from '../import-export.events.js';
import type { ExportDraft, ExportView } from './exports.dto.js';
import { exportListing } from './exports.listing.js';
import { RunExport } from '../import-export.jobs.js';
import { UnknownEntity } from '../imports/imports.errors.js';
import { Profiles } from '../profiles.js';
import { RunOwners } from '../run-owners.js';
import { FileExpired, paceOf, startedBy } from '../run.js';

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

@Injectable()
export class Exports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly files: FileStore,
    private readonly profiles: Profiles,
    private readonly owners: RunOwners,
  ) {}

  async list(request: ListRequest): Promise<Page<ExportView>> {
    const { rows, page } = await exportListing.page(this.visible(), request);
    const now = this.clock.now();
    return { items: rows.map((row) => viewOf(row, now)), page };
  }

  async get(id: number): Promise<ExportView> {
    return viewOf(await this.getRow(id), this.clock.now());
  }

  /** What its end tells of an export, or would if it came now. Throws `NotFound` for one that the caller may not see. */
  async ending(id: number): Promise<ExportFinished> {
    return endingOf(await this.getRow(id), this.profiles);
  }

  async start({ entity, format, filter, sort = null, q = null, columns = null }: ExportDraft): Promise<ExportView> {
    const profile = this.profiles.findExport(entity);
    if (!profile) throw new UnknownEntity(this.profiles.exports());
    const principal = this.context.principal();
    requirePermission(principal, profile.view.name);
    profile.listing.parseStructured({ filter, sort: sort ?? undefined, q: q ?? undefined });
    chooseColumns(await profile.columnsFor(principal.organizationId), columns);
    return this.work.run(async () => {
      const row = Object.assign(new Export(), {
        ...startedBy(principal),
        entity,
        format,
        selection: { filter, sort, q, columns },
        status: 'queued' as const,
        ...NOTHING_DONE,
        createdAt: this.clock.now(),
      });
      const saved = await this.work.repository(Export).save(row);
      await this.jobs.enqueue(RunExport, { exportId: saved.id });
      return viewOf(saved, saved.createdAt);
    });
  }

  /** The file, for its owner and for who could have exported as much himself, as long as either may see these records. */
  async file(id: number): Promise<StreamableFile> {
    const row = await this.getRow(id);
    const profile = this.profiles.findExport(row.entity);
    if (profile) requirePermission(this.context.principal(), profile.view.name);
    if (row.status !== 'completed' || row.fileKey === null)
      throw new DomainError('conflict', 'exports.not_finished', `There is no file: the export is ${row.status}.`);
    if (!isKept(row, this.clock.now())) throw new FileExpired('exports');
    const content = row.sizeBytes === 0 ? Readable.from([]) : await this.files.read(row.fileKey);
    return new StreamableFile(content, {
      type: MEDIA_TYPES[row.format],
      disposition: `attachment; filename="${row.entity}-${row.createdAt.toISOString().slice(0, 10)}-${row.id}.${row.format}"`,
      length: row.sizeBytes,
    });
  }

  private async getRow(id: number): Promise<Export> {
    const row = await this.visible().andWhere('export.id = :id', { id }).getOne();
    if (!row) throw new NotFound('export');
    return row;
  }

  private visible() {
    const query = this.work.repository(Export).createQueryBuilder('export');
    return this.owners.visible(query, 'export', this.profiles.exports());
  }
}

const isKept = ({ expiresAt }: Export, now: Date): boolean => expiresAt === null || expiresAt > now;

function viewOf(row: Export, now: Date): ExportView {
  const { id, entity, format, selection, status, rows, sizeBytes, error, startedAt, finishedAt, expiresAt, createdAt, version } = row;
  const completed = status === 'completed';
  const total = completed ? rows : (row.progress?.total ?? null);
  const pace = paceOf({ startedAt, finishedAt, rows, total, completed }, now);
  const file = completed && isKept(row, now) ? `/admin/api/exports/${id}/file` : null;
  const createdBy = { id: row.createdById, fullName: row.createdByName };
  const times = { startedAt, finishedAt, expiresAt, createdAt };
  return { id, entity, format, q: null, ...selection, status, rows, ...pace, sizeBytes, file, error, ...times, createdBy, version };
}

const NOTHING_DONE = {
  fileKey: null,
  progress: null,
  rows: 0,
  sizeBytes: 0,
  error: null,
  setbacks: 0,
  startedAt: null,
  finishedAt: null,
  expiresAt: null,
};
