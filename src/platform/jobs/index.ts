/** Durable jobs: enqueued with the change that causes them, run at least once, and exactly once by handlers that call `run.complete()`. */
export { defineJob, definedJobs, type JobOptions } from './job.js';
export { Chore, Housekeeping } from './housekeeping.js';
export { HandlesJob, WhenGivenUp } from './job-handlers.js';
export { JobRun, LeaseLost } from './job-run.js';
export { Jobs } from './jobs.js';
export { JobTimings } from './job-timings.js';
export { JobsModule } from './jobs.module.js';
export type { JobRole } from './jobs-lifecycle.js';
export { type HandOver, QueueDriver } from './queue-driver.js';
