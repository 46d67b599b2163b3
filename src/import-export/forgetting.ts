import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Clock, MINUTE } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { FileMissing, FileStore } from '../platform/files/index.js';
import { HandlesJob, Jobs, type JobRun } from '../platform/jobs/index.js';
import { ERASED } from '../platform/personal-data/index.js';
import { Vault } from '../platform/secrets/index.js';
import { Export } from './exports/export.entity.js';
import { ForgetInFiles, SOUGHT } from './import-export.jobs.js';
import { BlottedRows } from './imports/blotted-rows.js';
import { Import } from './imports/import.entity.js';
import { isFinished } from './imports/import.view.js';
import { fullNamesOf, RowsAbout, type Sought } from './imports/rows-about.js';

/** Runs that hold what somebody with global access chose may be about people of every organization. */
const BY_GLOBAL = 'EXISTS (SELECT 1 FROM users u WHERE u.id = run.createdById AND u.global_access = :global)';

/**
 * Takes somebody who was erased out of what imports and exports keep: the files of all exports of his organization go, since a new one is
 * made in a moment; an uploaded file goes where it names him; what is told of his rows says no more what was in them.
 */
@Injectable()
export class Forgetting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileStore,
    private readonly rows: RowsAbout,
    private readonly blotted: BlottedRows,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  @HandlesJob(ForgetInFiles)
  async forget(payload: typeof ForgetInFiles.payload, run: JobRun): Promise<void> {
    const sought = JSON.parse(this.vault.open(SOUGHT, payload.sealed)) as Sought;
    const exports = await this.runsOf(Export, payload);
    const imports = await this.runsOf(Import, payload);
    for (const row of exports.filter(({ finishedAt }) => finishedAt !== null)) await this.forgetExport(row, sought);
    for (const row of imports.filter(isFinished)) await this.forgetImport(row, sought);
    const underWay = exports.some(({ finishedAt }) => finishedAt === null) || !imports.every(isFinished);
    await this.work.run(async () => {
      if (underWay) await this.jobs.enqueue(ForgetInFiles, payload, { delay: MINUTE });
      await run.complete();
    });
  }

  private runsOf<R extends Export | Import>(entity: new () => R, { organizationId, erasedAt }: typeof ForgetInFiles.payload): Promise<R[]> {
    return this.work
      .repository<Export | Import>(entity)
      .createQueryBuilder('run')
      .where({ createdAt: LessThanOrEqual(new Date(erasedAt)) })
      .andWhere(`(run.organizationId = :organizationId OR ${BY_GLOBAL})`, { organizationId, global: true })
      .orderBy('run.id')
      .getMany() as Promise<R[]>;
  }

  private async forgetExport({ id, fileKey, selection, expiresAt }: Export, sought: Sought): Promise<void> {
    const now = this.clock.now();
    const asked = JSON.stringify([selection.filter, selection.q]).toLowerCase();
    const words = [...sought.emails, ...(sought.names?.first ?? []), ...(sought.names?.last ?? [])];
    const named = words.some((word) => asked.includes(word.toLowerCase()));
    if (fileKey !== null) await this.files.remove(fileKey);
    // That something was chosen is still told.
    const changes = {
      ...((expiresAt === null || expiresAt > now) && { expiresAt: now }),
      ...(named && { selection: { ...selection, filter: {}, q: ERASED } }),
    };
    if (Object.keys(changes).length > 0) await this.work.repository(Export).update({ id }, changes);
  }

  private async forgetImport(row: Import, sought: Sought): Promise<void> {
    const about = await this.rowsIn(row, sought);
    await this.blotted.blot(row.id, about.rows, textsOf(sought));
    if (textsOf(sought).some((text) => wordsOf(row.fileName).includes(wordsOf(text))))
      await this.work.repository(Import).update({ id: row.id }, { fileName: `${ERASED}${extname(row.fileName)}` });
    if (!about.mentioned) return;
    for (const key of [row.fileKey, row.contentKey]) if (key !== null) await this.files.remove(key);
    await this.work.repository(Import).update({ id: row.id }, { expiresAt: this.clock.now() });
  }

  /** Which rows are about him; where the file is gone nobody knows, so that each may be. */
  private async rowsIn(row: Import, sought: Sought): Promise<{ rows: number[] | 'any'; mentioned: boolean }> {
    const rows: number[] = [];
    try {
      for await (const found of this.rows.in(row, sought)) rows.push(found.row);
      // One that failed as a whole is of no use, and no row of it can be told from the next for sure.
      return { rows, mentioned: row.status === 'failed' || rows.length > 0 || (await this.rows.mentions(row, sought)) };
    } catch (error) {
      if (error instanceof FileMissing) return { rows: 'any', mentioned: false };
      throw error;
    }
  }
}

const textsOf = (sought: Sought): string[] => [...sought.emails.map((email) => email.toLowerCase()), ...fullNamesOf(sought)];

/** Whatever stands between words: names of files have no blanks. */
const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
