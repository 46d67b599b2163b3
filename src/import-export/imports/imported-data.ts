import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { FileMissing } from '../../platform/files/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { type DataSubject, PersonalData } from '../../platform/personal-data/index.js';
import { Vault } from '../../platform/secrets/index.js';
import { ForgetInFiles, SOUGHT } from '../import-export.jobs.js';
import { Import, ImportError } from './import.entity.js';
import { RowsAbout, type Sought } from './rows-about.js';

/** What uploaded files say of a customer user, as long as they are kept. Exports are made of what is told elsewhere. */
@Injectable()
export class ImportedData extends PersonalData {
  readonly section = 'imports';
  readonly tables = ['imports', 'import_errors', 'import_differences', 'exports'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: RowsAbout,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {
    super();
  }

  async *collect(subject: DataSubject): AsyncGenerator<unknown> {
    const { organizationId, customerUserId, email, emails } = subject;
    const sought = { customerUserId, emails: [email, ...emails] };
    const kept = [IsNull(), MoreThan(this.clock.now())].map((expiresAt) => ({ organizationId, expiresAt }));
    for (const run of await this.work.repository(Import).find({ where: kept, order: { id: 'ASC' } })) {
      try {
        for await (const { row, cells } of this.rows.in(run, sought)) yield await this.shown(run, row, cells);
      } catch (error) {
        if (!(error instanceof FileMissing)) throw error;
      }
    }
  }

  /** A job looks through the files, for it may take long; it also waits for runs that are under way. */
  async erase({ customerUserId, email, emails, names, identifiers, organizationId }: DataSubject): Promise<void> {
    const sought: Sought = { customerUserId, emails: [email, ...emails], names, identifiers };
    const sealed = this.vault.seal(SOUGHT, JSON.stringify(sought));
    await this.jobs.enqueue(ForgetInFiles, { sealed, organizationId, erasedAt: this.clock.now().toISOString() });
  }

  private async shown({ id: importId, fileName, createdAt }: Import, row: number, cells: object) {
    const errors = await this.work.repository(ImportError).find({ where: { importId, row }, order: { id: 'ASC' } });
    return { importId, fileName, createdAt, row, cells, errors: errors.map(({ column, code, detail }) => ({ column, code, detail })) };
  }
}
