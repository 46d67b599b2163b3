import { defineJob } from '../platform/jobs/index.js';
import { RUN_ATTEMPTS } from './run.js';

export const RunImport = defineJob<{ importId: number }>('import-export.run-import', { queue: 'imports', ...RUN_ATTEMPTS });

export const RunExport = defineJob<{ exportId: number }>('import-export.run-export', { queue: 'imports', ...RUN_ATTEMPTS });

/** What the email address in {@link ForgetInFiles} is sealed for. */
export const SOUGHT = 'import-export: whom files are to forget';

/** Takes somebody who was erased out of the files and errors of runs. */
export const ForgetInFiles = defineJob<{ sealed: string; organizationId: number; erasedAt: string }>('import-export.forget-in-files', {
  queue: 'default',
});

/** Removes files that have been kept long enough. */
export const RemoveFiles = defineJob<{ keys: string[] }>('import-export.remove-files', { queue: 'default' });
