import { Injectable } from '@nestjs/common';
import { Contributions, type DecoratedMethod } from '../contributions/index.js';
import { definedJobs, type JobType } from './job.js';
import type { JobRun } from './job-run.js';

const HANDLES = 'platform:handles-job';
const GIVEN_UP = 'platform:when-given-up';

type Decorates<Method> = <M extends Method>(target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<M>) => void;

const decorate = (key: string, job: JobType) => (_target: object, _name: string | symbol, descriptor: { value?: unknown }) =>
  Reflect.defineMetadata(key, job, descriptor.value as object);

/**
 * Marks the one method that does a job. It may be run again after it did its work (a process can die at any moment), so it is
 * idempotent, or closes the job with {@link JobRun.complete} in the unit of work that has its effect.
 */
export function HandlesJob<P extends object>(job: JobType<P>): Decorates<(payload: P, run: JobRun) => unknown> {
  return decorate(HANDLES, job);
}

/**
 * Marks the method that is told that a job has failed for good, with the last error. It runs in the unit of work that marks
 * the job failed, so it may write and enqueue, and must have no other effect.
 */
export function WhenGivenUp<P extends object>(job: JobType<P>): Decorates<(payload: P, error: string) => unknown> {
  return decorate(GIVEN_UP, job);
}

export interface JobHandler {
  readonly job: JobType;
  readonly handle: DecoratedMethod<JobType>;
  readonly givenUp?: DecoratedMethod<JobType>;
}

/** Who does which job. */
@Injectable()
export class JobHandlers {
  private readonly handlers = new Map<string, JobHandler>();

  constructor(private readonly contributions: Contributions) {}

  /** Finds every handler. Throws unless each defined job has exactly one, naming all that have not. */
  collect(): void {
    const handling = this.contributions.methods<JobType>(HANDLES);
    const givingUp = this.contributions.methods<JobType>(GIVEN_UP);
    const faults = definedJobs().flatMap((job) => {
      const [handle, ...others] = handling.filter(({ metadata }) => metadata === job);
      const [givenUp, ...otherGivenUp] = givingUp.filter(({ metadata }) => metadata === job);
      if (!handle) return [`The job ${job.name} has no handler: put @HandlesJob on one method of a provider.`];
      if (others.length > 0) return [`The job ${job.name} has several handlers: ${names(handle, ...others)}. Keep one.`];
      if (givenUp && otherGivenUp.length > 0)
        return [`The job ${job.name} has several @WhenGivenUp: ${names(givenUp, ...otherGivenUp)}. Keep one.`];
      this.handlers.set(job.name, { job, handle, givenUp });
      return [];
    });
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** The jobs that this process can do: during a roll-out, rows of newer ones are left to newer processes. */
  names(): string[] {
    return [...this.handlers.keys()];
  }

  get(name: string): JobHandler {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`The job ${name} has no handler in this process.`);
    return handler;
  }
}

const names = (...methods: DecoratedMethod<JobType>[]) => methods.map(({ name }) => name).join(', ');
