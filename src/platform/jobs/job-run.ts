import type { JobRow } from './job.entity.js';
import type { JobRows } from './job-rows.js';

/** The run is not the one that holds the job any more: it was taken for dead, or the job is closed. It must stop. */
export class LeaseLost extends Error {
  constructor(row: Pick<JobRow, 'id' | 'name' | 'attempts'>) {
    super(`Attempt ${row.attempts} of the job ${row.name} (${row.id}) does not hold it any more.`);
    this.name = 'LeaseLost';
  }
}

/** One attempt at a job, handed to its handler. */
export class JobRun {
  constructor(
    private readonly row: JobRow,
    private readonly rows: JobRows,
  ) {}

  /** Counted from 1. */
  get attempt(): number {
    return this.row.attempts;
  }

  /**
   * Closes the job. Called in the unit of work that has the job's effect, it makes that effect happen exactly once.
   * Throws `LeaseLost` when another run holds the job.
   */
  async complete(): Promise<void> {
    if (!(await this.rows.close(this.row))) throw new LeaseLost(this.row);
  }

  /**
   * Proves, in the unit of work of a step of a long job, that this run still holds the job, and extends the lease.
   * Throws `LeaseLost` when another run holds it.
   */
  async fence(): Promise<void> {
    if (!(await this.rows.extend(this.row))) throw new LeaseLost(this.row);
  }

  /** Puts the job off: it is run again at `dueAt`, and this run does not count. Throws `LeaseLost` when another run holds it. */
  async postpone(dueAt: Date): Promise<void> {
    if (!(await this.rows.postpone(this.row, dueAt))) throw new LeaseLost(this.row);
  }
}
