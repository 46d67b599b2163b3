import { Injectable } from '@nestjs/common';
import { Settings, settings, Websites } from '../../organizations/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { HandlesJob, type JobRun, Jobs } from '../../platform/jobs/index.js';
import { Vault } from '../../platform/secrets/index.js';
import { AccountInvitations } from './account-invitations.js';
import { type AccountRequestKind, aMomentLater, AnswerAccountRequest } from './account-requests.job.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { PasswordLoginOff } from '../customer-users.errors.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { EmailAccounts } from './email-accounts.js';
import type { AccountRequest } from './registration.dto.js';

const PURPOSE = 'customer-users: whose account a mail is asked for';

/**
 * Requests for mails by people who are not logged in. The request does the same for every email address: it writes a job. Whether
 * there is an account, and what is to be mailed, is found out when nobody waits for the answer.
 */
@Injectable()
export class AccountRequests {
  constructor(
    private readonly work: UnitOfWork,
    private readonly websites: Websites,
    private readonly settings: Settings,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly emails: EmailAccounts,
    private readonly people: CustomerUsersRepository,
    private readonly invitations: AccountInvitations,
  ) {}

  /** For a link to set a new password. Throws where passwords let nobody in. */
  async forgotten(request: AccountRequest): Promise<void> {
    const website = await this.websiteOf(request);
    const holder = website ? { organizationId: website.organizationId, websiteId: website.id } : {};
    if (!(await this.settings.get(settings.passwordLogin, holder))) throw new PasswordLoginOff();
    await this.enqueue('forgotten-password', request.email, website?.organizationId);
  }

  /** For another link to confirm the email address. */
  async unconfirmed(request: AccountRequest): Promise<void> {
    await this.enqueue('confirmation', request.email, (await this.websiteOf(request))?.organizationId);
  }

  @HandlesJob(AnswerAccountRequest)
  async answer({ kind, sealedEmail, organizationId }: typeof AnswerAccountRequest.payload, run: JobRun): Promise<void> {
    const email = this.vault.open(PURPOSE, sealedEmail);
    const organizationIds = await this.emails.organizationsOf(organizationId ?? undefined);
    const found = await this.emails.find(email, organizationIds);
    await this.work.run(async () => {
      for (const { id } of found) await this.answerOne(kind, await this.people.lock(id));
      await run.complete();
    });
  }

  private async answerOne(kind: AccountRequestKind, person: CustomerUser | undefined): Promise<void> {
    if (!person || person.guest || !person.enabled) return;
    if (kind === 'forgotten-password') {
      if (await this.settings.get(settings.passwordLogin, person)) await this.invitations.toReplaceForgotten(person);
    } else if (!person.confirmed) await this.invitations.toConfirm(person);
  }

  private async websiteOf({ websiteId }: AccountRequest) {
    return websiteId === undefined ? undefined : this.websites.visited(websiteId);
  }

  private async enqueue(kind: AccountRequestKind, email: string, organizationId: number | undefined): Promise<void> {
    const sealedEmail = this.vault.seal(PURPOSE, email);
    const delay = aMomentLater();
    await this.jobs.enqueue(AnswerAccountRequest, { kind, sealedEmail, organizationId: organizationId ?? null }, { delay });
  }
}
