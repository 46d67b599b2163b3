import { Injectable } from '@nestjs/common';
import { Organizations, PasswordRules, Websites } from '../organizations/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type Principal, Rights } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput } from '../platform/errors/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { RoleAssignments } from '../roles/index.js';
import { Changing } from './changing.js';
import { fullNameOf } from './customer-user-views.js';
import type { CustomerUser } from './customer-user.entity.js';
import { LinkUnusable } from './customer-users.errors.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { EmailKeys } from './email-keys.js';
import { LinkTokens, PASSWORD_LINKS } from './link-tokens.js';

export type Obstacle = 'disabled' | 'unconfirmed' | 'password_reset' | 'guest' | 'organization_disabled';

/** Whether a customer user may act now, and as whom; or what stops him. */
export type Standing = { principal: Principal; credentialEpoch: number } | { blocked: Obstacle };

export interface Credentials {
  id: number;
  organizationId: number;
  name: string;
  guest: boolean;
  passwordHash: string | null;
  /** As it was when these credentials were read. */
  credentialEpoch: number;
}

/** The account side of a customer user: what he proves himself with, and whether he may act. */
@Injectable()
export class CustomerUserAccounts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly changing: Changing,
    private readonly organizations: Organizations,
    private readonly websites: Websites,
    private readonly assignments: RoleAssignments,
    private readonly links: LinkTokens,
    private readonly passwordRules: PasswordRules,
    private readonly passwords: Passwords,
    private readonly emailKeys: EmailKeys,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** What a login by email is checked against, in the case that each organization's setting makes of it. No password fits a guest. */
  async credentials(email: string): Promise<Credentials | undefined> {
    const keys = new Map<number, string | null>();
    for (const id of await this.organizations.ids()) keys.set(id, (await this.emailKeys.of(id, email, false)).uniqueEmail);
    const found = await this.people.findByEmail(email, keys);
    const person = found.find(({ guest, organizationId, uniqueEmail }) => guest || uniqueEmail === keys.get(organizationId));
    if (!person) return undefined;
    const { id, organizationId, guest, passwordHash, credentialEpoch } = person;
    return { id, organizationId, name: nameOf(person), guest, passwordHash: guest ? null : passwordHash, credentialEpoch };
  }

  /** `undefined` when there is no such customer user. */
  async standing(id: number): Promise<Standing | undefined> {
    const person = await this.people.find(id);
    if (!person) return undefined;
    const blocked = obstacleOf(person) ?? (await this.organizationObstacle(person.organizationId));
    if (blocked) return { blocked };
    return {
      credentialEpoch: person.credentialEpoch,
      principal: principalOf(person, await this.assignments.rightsOf(id)),
    };
  }

  /**
   * Counts a login and ends an open reset link. Answers the website that the person is sent to; `undefined` when his password, email or
   * standing has changed since the credentials were checked: then he is not to be let in.
   */
  async recordLogin({ id, credentialEpoch }: { id: number; credentialEpoch: number }): Promise<{ redirectUrl: string | null } | undefined> {
    if (!(await this.people.recordLogin(id, credentialEpoch, this.clock.now()))) return undefined;
    await this.links.end(id, PASSWORD_LINKS);
    const person = await this.people.find(id);
    const website = person && (await this.websites.find(person.websiteId, person.organizationId));
    return { redirectUrl: website?.url ?? null };
  }

  /** Whom mails to the customer user go to. */
  async addressOf(id: number) {
    const person = await this.people.find(id);
    if (!person) return undefined;
    const { organizationId, websiteId, preferredLocalizationId, firstName, email } = person;
    return { name: fullNameOf(person), firstName, address: email, organizationId, websiteId, preferredLocalizationId };
  }

  /** Whether a mailed link to set a password can still be used. */
  async isOpenPasswordLink(token: string): Promise<boolean> {
    return (await this.links.find(token, ...PASSWORD_LINKS)) !== undefined;
  }

  /** Sets a password through a mailed link, which also proves the email address. */
  async resetPassword(token: string, password: string): Promise<void> {
    const link = await this.links.find(token, ...PASSWORD_LINKS);
    if (!link) throw new LinkUnusable();
    const known = await this.people.find(link.customerUserId);
    const faults = known ? await this.passwordRules.faults(password, known) : [];
    if (faults.length > 0) throw new InvalidInput(faults);
    const passwordHash = await this.passwords.hash(password);
    await this.work.run(async () => {
      const taken = await this.links.take(token, ...PASSWORD_LINKS);
      const person = taken && (await this.people.lock(taken.customerUserId));
      if (!person) throw new LinkUnusable();
      const before = await this.changing.recorded(person);
      const credentialEpoch = person.credentialEpoch + 1;
      Object.assign(person, { passwordHash, passwordStatus: 'active', confirmed: true, credentialEpoch, updatedAt: this.clock.now() });
      // The link proves who acts.
      await this.context.runAs(principalOf(person, new Rights([])), 'link', () => this.changing.save(before, person));
    });
  }

  private async organizationObstacle(organizationId: number): Promise<Obstacle | undefined> {
    return (await this.organizations.find(organizationId))?.enabled ? undefined : 'organization_disabled';
  }
}

const nameOf = ({ firstName, lastName }: CustomerUser): string => `${firstName} ${lastName}`;

const principalOf = (person: CustomerUser, rights: Rights): Principal => ({
  side: 'storefront',
  type: 'customer-user',
  id: person.id,
  name: nameOf(person),
  organizationId: person.organizationId,
  globalAccess: false,
  customerId: person.customerId,
  rights,
});

function obstacleOf({ guest, enabled, confirmed, passwordStatus }: CustomerUser): Obstacle | undefined {
  if (guest) return 'guest';
  if (!enabled) return 'disabled';
  if (!confirmed) return 'unconfirmed';
  if (passwordStatus === 'reset') return 'password_reset';
  return undefined;
}
