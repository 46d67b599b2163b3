import { Injectable } from '@nestjs/common';
import type { ExportFinished, ImportFinished } from '../../import-export/index.js';
import { HttpSettings } from '../../platform/config/index.js';
import type { EventName } from './events.js';
import { Occurrence } from './occurrence.js';
import { Occurrences } from './occurrences.js';

const UNKNOWN_REASON = 'The reason is not known.';

interface Run {
  readonly event: EventName;
  readonly id: number;
  readonly organizationId: number;
  readonly userId: number;
}

const failureOf = ({ status, reason }: { status: string; reason: string | null }) =>
  status === 'failed' ? (reason ?? UNKNOWN_REASON) : null;

/** Makes occurrences of what became of imports and exports. */
@Injectable()
export class RunOccurrences {
  constructor(
    private readonly occurrences: Occurrences,
    private readonly http: HttpSettings,
  ) {}

  ofImport(ended: ImportFinished): Occurrence {
    const { importId: id, organizationId, userId, label, fileName, counts, mode, status } = ended;
    const link = this.link(`imports/${id}`);
    const facts = { entity: label, fileName, counts: { ...counts }, mode, status, reason: failureOf(ended), link };
    return this.of({ event: 'import.finished', id, organizationId, userId }, facts);
  }

  ofExport(ended: ExportFinished): Occurrence {
    const { exportId: id, organizationId, userId, label, status, rows, keptDays } = ended;
    const reason = failureOf(ended);
    const link = this.link(reason === null ? `exports/${id}/file` : `exports/${id}`);
    return this.of({ event: 'export.finished', id, organizationId, userId }, { entity: label, rows, keptDays, status, reason, link });
  }

  private of({ event, id, organizationId, userId }: Run, facts: object): Occurrence {
    const owner = () => this.occurrences.user(userId);
    return new Occurrence({
      ...{ event, organizationId, recordId: id, key: `${event.split('.')[0]} ${id}`, owner },
      facts: async () => {
        const user = await owner();
        return user && { ...facts, name: user.name, user: { id: userId, fullName: user.name, email: user.address } };
      },
      record: () => Promise.resolve(undefined),
      person: () => Promise.resolve(undefined),
    });
  }

  private link(path: string): string {
    return `${this.http.publicUrl}/admin/api/${path}`;
  }
}
