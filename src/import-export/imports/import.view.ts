import type { Import, ImportStatus } from './import.entity.js';
import { paceOf } from '../run.js';
import type { ImportCountsView, ImportView } from './imports.dto.js';

const FINISHED: readonly ImportStatus[] = ['completed', 'completed-with-errors', 'failed', 'cancelled'];

export const isFinished = ({ status }: Pick<Import, 'status'>): boolean => FINISHED.includes(status);

export const countsOf = ({ rowsRead, added, replaced, unchanged, deleted, failed }: Import): ImportCountsView => ({
  read: rowsRead,
  added,
  replaced,
  unchanged,
  deleted,
  failed,
});

export function viewOf(row: Import, now: Date): ImportView {
  const { id, entity, mode, strategy, mails, status, fileName, sizeBytes, sha256, warnings, error, startedAt, finishedAt } = row;
  return {
    id,
    entity,
    mode,
    strategy,
    mails,
    status,
    fileName,
    sizeBytes,
    sha256,
    counts: countsOf(row),
    ...paceOf({ startedAt, finishedAt, rows: row.rowsRead, total: row.totalRows, completed: status.startsWith('completed') }, now),
    warnings,
    error,
    startedAt,
    finishedAt,
    expiresAt: row.expiresAt,
    createdAt: row.createdAt,
    createdBy: { id: row.createdById, fullName: row.createdByName },
    version: row.version,
  };
}
