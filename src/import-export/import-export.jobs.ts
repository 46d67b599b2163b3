import { defineJob } from '../platform/jobs/index.js';
import { RUN_ATTEMPTS } from './run.js';

export const RunImport = defineJob<{ importId: number }>('import-export.run-import', { queue: 'imports', ...RUN_ATTEMPTS });

export const RunExport = defineJob<{ exportId: number }>('import-export.run-export', { queue: 'imports', ...RUN_ATTEMPTS });

/** Removes files that have been kept long enough. */
export const RemoveFiles = defineJob<{ keys: string[] }>('import-export.remove-files', { queue: 'default' });
