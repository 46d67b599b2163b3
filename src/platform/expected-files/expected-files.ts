import { Injectable } from '@nestjs/common';
import { DAY } from '../clock/index.js';
import { Contributions } from '../contributions/index.js';
import { FileStore } from '../files/index.js';
import { defineJob, HandlesJob, Jobs } from '../jobs/index.js';
import { FileHolder } from './file-holder.js';

/** Removes a file unless a row has it. */
export const RemoveUnheldFile = defineJob<{ key: string }>('files.remove-unheld-file', { queue: 'default' });

/** Sees to it that files are there as long as the rows that have them, and no longer, whenever a process dies. */
@Injectable()
export class ExpectedFiles {
  constructor(
    private readonly jobs: Jobs,
    private readonly files: FileStore,
    private readonly contributions: Contributions,
  ) {}

  /** Before a file arrives, as the store announces its key: it is looked at a day later, when a row has it or never will. */
  readonly expect = async (key: string): Promise<void> => {
    await this.jobs.enqueue(RemoveUnheldFile, { key }, { delay: DAY });
  };

  /** In the unit of work that removes the rows which have them. */
  async release(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.jobs.enqueue(RemoveUnheldFile, { key });
  }

  @HandlesJob(RemoveUnheldFile)
  async removeUnheld({ key }: { key: string }): Promise<void> {
    for (const holder of this.contributions.instancesOf(FileHolder)) if (await holder.holds(key)) return;
    await this.files.remove(key);
  }
}
