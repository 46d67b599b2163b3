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

/** How fast it is, and how long it takes from `now` on. The rows are counted from the first, the time from when they began to be read. */
function paceOf({ startedAt, finishedAt, rowsRead, totalRows, status }: Import, now: Date) {
  const seconds = startedAt && rowsRead > 0 ? ((finishedAt ?? now).getTime() - startedAt.getTime()) / 1_000 : 0;
  const rowsPerSecond = seconds > 0 ? Math.round((rowsRead / seconds) * 10) / 10 : null;
  const left = status === 'running' && rowsPerSecond !== null && totalRows !== null ? (totalRows - rowsRead) / rowsPerSecond : null;
  return { rowsPerSecond, secondsLeft: left === null ? null : Math.ceil(left) };
}

export function viewOf(row: Import, now: Date): ImportView {
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
    ...paceOf(row, now),
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
