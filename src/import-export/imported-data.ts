import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { FileMissing } from '../platform/files/index.js';
import { Jobs } from '../platform/jobs/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { Vault } from '../platform/secrets/index.js';
import { ForgetInFiles, SOUGHT } from './import-export.jobs.js';
import { Import, ImportError } from './import.entity.js';
import { RowsAbout } from './rows-about.js';

/** What uploaded files say of a customer user, as long as they are kept. Exports are made of what is told elsewhere. */
@Injectable()
export class ImportedData extends PersonalData {
  readonly section = 'imports';

  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: RowsAbout,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {
    super();
  }

  async collect(subject: DataSubject): Promise<unknown> {
    const { organizationId } = subject;
    const kept = [IsNull(), MoreThan(this.clock.now())].map((expiresAt) => ({ organizationId, expiresAt }));
    const found: unknown[] = [];
    for (const run of await this.work.repository(Import).find({ where: kept, order: { id: 'ASC' } })) {
      try {
        for await (const { row, cells } of this.rows.in(run, subject)) found.push(await this.shown(run, row, cells));
      } catch (error) {
        if (!(error instanceof FileMissing)) throw error;
      }
    }
    return found;
  }

  /** A job looks through the files, for it may take long; it also waits for runs that are under way. */
  async erase({ customerUserId, email, organizationId }: DataSubject): Promise<void> {
    const sealed = this.vault.seal(SOUGHT, JSON.stringify({ customerUserId, email }));
    await this.jobs.enqueue(ForgetInFiles, { sealed, organizationId, erasedAt: this.clock.now().toISOString() });
  }

  private async shown({ id: importId, fileName, createdAt }: Import, row: number, cells: object) {
    const errors = await this.work.repository(ImportError).find({ where: { importId, row }, order: { id: 'ASC' } });
    return { importId, fileName, createdAt, row, cells, errors: errors.map(({ column, code, detail }) => ({ column, code, detail })) };
  }
}
