import { Injectable } from '@nestjs/common';
import { ConsentLedger } from '../../consents/index.js';
import { Customers } from '../../customers/index.js';
import { type WebsiteView, Websites } from '../../organizations/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { Checked } from '../../platform/http/index.js';
import { Passwords } from '../../platform/secrets/index.js';
import { AccountInvitations } from './account-invitations.js';
import { principalOf } from '../acting-person.js';
import { Changing } from '../changing.js';
import { EmailTaken, MembersTaken, RegistrationClosed } from '../customer-users.errors.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { Drafting } from '../drafting.js';
import { EmailKeys } from '../lists/email-keys.js';
import { RegistrationRules } from './registration-rules.js';
import { RegistrationWarnings } from './registration-warnings.js';
import type { RegistrationDraft } from './registration.dto.js';

/** What a registration came to. */
export interface Registered {
  /** Says what the website demands, never whether the email address was new. */
  status: 'confirmation-required' | 'registered';
  /** Who is to be logged in at once. */
  letIn: number | undefined;
}

interface Registrant {
  draft: RegistrationDraft;
  website: WebsiteView;
  rules: Awaited<ReturnType<RegistrationRules['of']>>;
  passwordHash: string;
}

/** People who open an account themselves. */
@Injectable()
export class Registrations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly websites: Websites,
    private readonly rules: RegistrationRules,
    private readonly people: CustomerUsersRepository,
    private readonly emailKeys: EmailKeys,
    private readonly customers: Customers,
    private readonly drafting: Drafting,
    private readonly changing: Changing,
    private readonly ledger: ConsentLedger,
    private readonly invitations: AccountInvitations,
    private readonly warnings: RegistrationWarnings,
    private readonly passwords: Passwords,
    private readonly context: CurrentContext,
  ) {}

  async register(checked: Checked<RegistrationDraft>): Promise<Registered> {
    const { members: draft } = checked;
    const website = await this.websites.visited(draft.websiteId);
    const rules = await this.rules.of(website);
    if (!rules.allowed) throw new RegistrationClosed();
    await this.rules.refuseBroken(checked, website, rules.companyRequired);
    const registrant = { draft, website, rules, passwordHash: await this.passwords.hash(draft.password) };
    const id = await this.context.run({ ...this.context.get(), via: 'registration' }, () => this.enrol(registrant));
    const { confirmationRequired, autoLogin, enumerationProtection } = rules;
    const atOnce = autoLogin && !confirmationRequired && !enumerationProtection;
    return { status: confirmationRequired ? 'confirmation-required' : 'registered', letIn: atOnce ? id : undefined };
  }

  private async enrol(registrant: Registrant): Promise<number | undefined> {
    const attempt = () => this.work.run(() => this.attempt(registrant));
    return attempt().catch((error: unknown) => {
      // Somebody was quicker with the same address: the second try finds him.
      if (error instanceof MembersTaken && registrant.rules.enumerationProtection) return attempt();
      throw error;
    });
  }

  /**
   * Protected against enumeration, a known address costs what a new one costs, to the statement: all is done as for a new one and taken
   * back, and whether somebody is to be warned is for a job to know. Answers the new customer user.
   */
  private async attempt(registrant: Registrant): Promise<number | undefined> {
    const { draft, website, rules } = registrant;
    const { uniqueEmail } = await this.emailKeys.of(website.organizationId, draft.email, false);
    const owner = await this.people.findUnique(website.organizationId, uniqueEmail ?? draft.email);
    if (owner && !rules.enumerationProtection) throw new EmailTaken();
    const id = owner ? undefined : await this.create(registrant, uniqueEmail);
    await this.work.rehearse(async () => owner && this.create(registrant, null));
    await this.warnings.follow(owner?.id ?? id ?? 0, owner !== undefined);
    return id;
  }

  private async create({ draft, website, rules, passwordHash }: Registrant, uniqueEmail: string | null): Promise<number> {
    const { email, firstName, lastName, companyName, consents = [] } = draft;
    const { organizationId, id: websiteId } = website;
    const ownerId = await this.rules.ownerOf(website, rules.ownerId);
    const { id: customerId } = await this.customers.createFor(organizationId, companyName ?? `${firstName} ${lastName}`, ownerId);
    const members = { email, firstName, lastName, customerId, ownerId, websiteId, confirmed: !rules.confirmationRequired };
    const { person, ...belongings } = await this.drafting.draft(organizationId, members, passwordHash, [], { asked: false });
    const saved = await this.people.save(Object.assign(person, { uniqueEmail }));
    await this.context.runAs(principalOf(saved), 'registration', () => this.changing.introduce(saved, belongings));
    for (const read of consents) await this.ledger.accept({ customerUserId: saved.id, organizationId }, read, 'registration', website);
    if (rules.confirmationRequired) await this.invitations.toConfirm(saved);
    else await this.invitations.toLogIn(saved, 'registered');
    return saved.id;
  }
}
