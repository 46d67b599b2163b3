import { Injectable } from '@nestjs/common';
import { ExportFinished, ImportFinished } from '../import-export/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { ListensTo } from '../platform/events/index.js';
import { Users } from '../users/index.js';
import { Outbox } from './outbox.js';

/** Tells who started an import or export what became of it. Who cancels one knows. */
@Injectable()
export class ImportExportMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly users: Users,
    private readonly http: HttpSettings,
  ) {}

  @ListensTo(ImportFinished)
  async importFinished({ importId, userId, label, fileName, counts, mode, status, reason, ...event }: ImportFinished): Promise<void> {
    const to = await this.users.addressOf(userId);
    if (!to || status === 'cancelled') return;
    const letter = { organizationId: event.organizationId, to, userId, key: `import ${importId}` };
    const context = { name: to.name, entity: label, fileName, counts, link: this.link(`imports/${importId}`) };
    if (status === 'failed')
      await this.outbox.queue({
        ...letter,
        template: 'import_error',
        context: { ...context, reason: reason ?? 'The reason is not known.' },
      });
    else await this.outbox.queue({ ...letter, template: mode === 'validate' ? 'import_validation_result' : 'import_result', context });
  }

  @ListensTo(ExportFinished)
  async exportFinished({ exportId, organizationId, userId, label, status, rows, keptDays, reason }: ExportFinished): Promise<void> {
    const to = await this.users.addressOf(userId);
    if (!to || status === 'cancelled') return;
    const failure = status === 'failed' ? (reason ?? 'The reason is not known.') : null;
    const link = this.link(failure === null ? `exports/${exportId}/file` : `exports/${exportId}`);
    const context = { name: to.name, entity: label, rows, keptDays, link, reason: failure };
    await this.outbox.queue({ template: 'export_result', organizationId, to, userId, key: `export ${exportId}`, context });
  }

  private link(path: string): string {
    return `${this.http.publicUrl}/admin/api/${path}`;
  }
}
