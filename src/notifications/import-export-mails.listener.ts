import { Injectable } from '@nestjs/common';
import { ExportFinished, ImportFinished } from '../import-export/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { ListensTo } from '../platform/events/index.js';
import type { EventName } from './events.js';
import { Notifier } from './notifier.js';
import { Occurrence } from './occurrence.js';
import { Occurrences } from './occurrences.js';

const UNKNOWN_REASON = 'The reason is not known.';

interface Run {
  readonly id: number;
  readonly kind: 'import' | 'export';
  readonly organizationId: number;
  readonly userId: number;
}

/** Tells rules what became of imports and exports. Who cancels one knows. */
@Injectable()
export class ImportExportMails {
  constructor(
    private readonly notifier: Notifier,
    private readonly occurrences: Occurrences,
    private readonly http: HttpSettings,
  ) {}

  @ListensTo(ImportFinished)
  async importFinished({
    importId: id,
    organizationId,
    userId,
    label,
    fileName,
    counts,
    mode,
    status,
    reason,
  }: ImportFinished): Promise<void> {
    if (status === 'cancelled') return;
    const failure = status === 'failed' ? (reason ?? UNKNOWN_REASON) : null;
    const facts = { entity: label, fileName, counts: { ...counts }, mode, status, reason: failure, link: this.link(`imports/${id}`) };
    await this.tell('import.finished', { kind: 'import', id, organizationId, userId }, facts);
  }

  @ListensTo(ExportFinished)
  async exportFinished({ exportId: id, organizationId, userId, label, status, rows, keptDays, reason }: ExportFinished): Promise<void> {
    if (status === 'cancelled') return;
    const failure = status === 'failed' ? (reason ?? UNKNOWN_REASON) : null;
    const link = this.link(failure === null ? `exports/${id}/file` : `exports/${id}`);
    const facts = { entity: label, rows, keptDays, status, reason: failure, link };
    await this.tell('export.finished', { kind: 'export', id, organizationId, userId }, facts);
  }

  private async tell(event: EventName, { kind, id, organizationId, userId }: Run, facts: object): Promise<void> {
    const owner = () => this.occurrences.user(userId);
    const occurrence = new Occurrence({
      ...{ event, organizationId, recordId: id, key: `${kind} ${id}`, owner },
      facts: async () => {
        const user = await owner();
        return user && { ...facts, name: user.name, user: { id: userId, fullName: user.name, email: user.address } };
      },
      record: () => Promise.resolve(undefined),
      person: () => Promise.resolve(undefined),
    });
    await this.notifier.notify(occurrence);
  }

  private link(path: string): string {
    return `${this.http.publicUrl}/admin/api/${path}`;
  }
}
