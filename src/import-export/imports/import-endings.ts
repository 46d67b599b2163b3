import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { ClaimsRepository } from './claims.repository.js';
import { FilesKeeper } from '../files-keeper.js';
import { ImportFinished } from '../import-export.events.js';
import { Import, type ImportStatus } from './import.entity.js';
import { countsOf } from './import.view.js';
import { Profiles } from '../profiles.js';
import { type Failure, KEPT_FOR } from '../run.js';

/** Brings imports to their end, and tells it. */
@Injectable()
export class ImportEndings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly profiles: Profiles,
    private readonly claims: ClaimsRepository,
    private readonly keeper: FilesKeeper,
  ) {}

  /** Ends the import, whose row is the present one, in the unit of work that is open. */
  async end(row: Import, status: ImportStatus, error: Failure | null = null): Promise<void> {
    const ending = { status, error, finishedAt: this.clock.now(), expiresAt: this.clock.in(KEPT_FOR) };
    await this.work.repository(Import).update({ id: row.id }, ending);
    await this.claims.forget(row.id);
    await this.keeper.expire(row.fileKey, row.contentKey, row.scan?.repeatedKey ?? null);
    await this.events.record(this.told({ ...row, status, error }));
  }

  /** What is told of an import at its end. */
  told(row: Import): ImportFinished {
    const { id, organizationId, createdById, entity, fileName, mode, status, error } = row;
    const label = this.profiles.findImport(entity)?.label ?? entity;
    return new ImportFinished(id, organizationId, createdById, entity, label, fileName, mode, status, countsOf(row), error?.detail ?? null);
  }
}
