import { Injectable } from '@nestjs/common';
import { FileStore } from '../platform/files/index.js';
import { HandlesJob, Jobs } from '../platform/jobs/index.js';
import { RemoveFiles } from './import-export.jobs.js';
import { KEPT_FOR } from './run.js';

/** Keeps the files of runs for as long as they may be fetched, and no longer. */
@Injectable()
export class FilesKeeper {
  constructor(
    private readonly jobs: Jobs,
    private readonly files: FileStore,
  ) {}

  /** Has the files removed at the end of their time. */
  async expire(...keys: (string | null)[]): Promise<void> {
    await this.jobs.enqueue(RemoveFiles, { keys: keys.filter((key) => key !== null) }, { delay: KEPT_FOR });
  }

  @HandlesJob(RemoveFiles)
  async remove({ keys }: { keys: string[] }): Promise<void> {
    for (const key of keys) await this.files.remove(key);
  }
}
