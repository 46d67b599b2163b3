import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Idempotency, type KeptAnswer } from '../../platform/http/index.js';
import { HandlesJob, Jobs, type JobRun } from '../../platform/jobs/index.js';
import { type DataSubject, Mentions } from '../../platform/personal-data/index.js';
import { Vault } from '../../platform/secrets/index.js';
import { ANSWERED, ForgetInAnswers } from './kept-answers.job.js';

/** Takes somebody who was erased out of the answers that are kept for an `Idempotency-Key`. */
@Injectable()
export class KeptAnswers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** In the unit of work that erases him. All answers of a day are opened for it, so a job does it. */
  async erase(subject: DataSubject): Promise<void> {
    const sealed = this.vault.seal(ANSWERED, JSON.stringify(subject));
    await this.jobs.enqueue(ForgetInAnswers, { sealed, erasedAt: this.clock.now().toISOString() });
  }

  @HandlesJob(ForgetInAnswers)
  async forget({ sealed, erasedAt }: typeof ForgetInAnswers.payload, run: JobRun): Promise<void> {
    const subject = JSON.parse(this.vault.open(ANSWERED, sealed)) as DataSubject;
    const mentions = new Mentions(subject);
    const hisRoutes = new RegExp(`/customer-users/${subject.customerUserId}(?![^/?])`);
    const isAbout = ({ url, body }: KeptAnswer) => hisRoutes.test(url) || mentions.isIn(JSON.stringify(body));
    await this.idempotency.forget(new Date(erasedAt), isAbout);
    await this.work.run(() => run.complete());
  }
}
