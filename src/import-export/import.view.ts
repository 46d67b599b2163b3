import type { Import, ImportStatus } from './import.entity.js';
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

export function viewOf(row: Import): ImportView {
  const { id, entity, mode, strategy, mails, status, fileName, sizeBytes, sha256, warnings, error, startedAt, finishedAt } = row;
  const done = status.startsWith('completed');
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
    progress: done ? 1 : row.totalRows ? Math.floor((row.rowsRead / row.totalRows) * 1_000) / 1_000 : 0,
    totalRows: row.totalRows,
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
