import { DAY } from '../../platform/clock/index.js';
import { ExportFinished } from '../import-export.events.js';
import type { Profiles } from '../profiles.js';
import { KEPT_FOR } from '../run.js';
import type { Export } from './export.entity.js';

/** What is told of an export at its end. */
export function endingOf({ id, organizationId, createdById, entity, status, rows, error }: Export, profiles: Profiles): ExportFinished {
  const label = profiles.findExport(entity)?.label ?? entity;
  return new ExportFinished(id, organizationId, createdById, entity, label, status, rows, KEPT_FOR / DAY, error?.detail ?? null);
}
