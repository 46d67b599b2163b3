import { CreateJobs1764000000100 } from './1764000000100-create-jobs.js';

/** In the order in which they run. Append-only: what has landed is never edited. */
export const migrations = [CreateJobs1764000000100];
