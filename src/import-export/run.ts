import { DAY } from '../platform/clock/index.js';
import type { Principal } from '../platform/context/index.js';
import { NotFound } from '../platform/errors/index.js';

/** How long the files of imports and exports are kept. */
export const KEPT_FOR = 14 * DAY;

/** Attempts in a row without progress after which a run is given up. Attempts that die with their process are not counted. */
export const MAX_SETBACKS = 5;

/** How the jobs of imports and exports are tried: often, since a killed process costs an attempt as well. */
export const RUN_ATTEMPTS = { attempts: 100, backoff: { first: 500, factor: 2, max: 30_000 } };

/** The file of a run that was kept for a time. */
export class FileExpired extends NotFound {
  constructor(runs: 'imports' | 'exports') {
    super('file any more: its time is over, or somebody was erased since', `${runs}.file_expired`);
  }
}

/** Why a whole run failed. */
export interface Failure {
  code: string;
  detail: string;
}

export const BROKEN: Failure = {
  code: 'runs.broken',
  detail: 'It was broken off by an error on our side, again and again. What was done before stays done.',
};

/** The OAuth application through which somebody started a run; what it may do stays cut to its scopes. */
export interface ActingApplication {
  id: number;
  name: string;
  scopes: string[];
}

/** Whose run it is. */
export const startedBy = ({ id, name, organizationId, application }: Principal) => ({
  organizationId,
  createdById: id,
  createdByName: name,
  application: application ? { ...application, scopes: [...application.scopes] } : null,
});

/** How far a run has come. */
export interface Course {
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly rows: number;
  /** Rows in all; `null` while that is not known. */
  readonly total: number | null;
  readonly completed: boolean;
}

/**
 * The share that is done, from 0 to 1; how fast it is, and how many seconds it takes from `now` on. The rows are counted from the first,
 * the time from when they began to be read.
 */
export function paceOf({ startedAt, finishedAt, rows, total, completed }: Course, now: Date) {
  const seconds = startedAt && rows > 0 ? ((finishedAt ?? now).getTime() - startedAt.getTime()) / 1_000 : 0;
  const rowsPerSecond = seconds > 0 ? Math.round((rows / seconds) * 10) / 10 : null;
  const left = startedAt && !finishedAt && rowsPerSecond !== null && total !== null ? Math.max(0, total - rows) / rowsPerSecond : null;
  const share = total ? Math.min(1, Math.floor((rows / total) * 1_000) / 1_000) : 0;
  return { progress: completed ? 1 : share, totalRows: total, rowsPerSecond, secondsLeft: left === null ? null : Math.ceil(left) };
}
