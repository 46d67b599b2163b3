import { Injectable } from '@nestjs/common';
import { Organizations, Websites } from '../organizations/index.js';
import { Clock } from '../platform/clock/index.js';
import type { Principal } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput } from '../platform/errors/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { RoleAssignments } from '../roles/index.js';
import { fullNameOf } from './customer-user-views.js';
import type { CustomerUser } from './customer-user.entity.js';
import { LinkUnusable } from './customer-users.errors.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { CustomerUsers } from './customer-users.service.js';
import { LinkTokens } from './link-tokens.js';
import { PasswordRules } from './password-rules.js';

export type Obstacle = 'disabled' | 'unconfirmed' | 'password_reset' | 'guest' | 'organization_disabled';

/** Whether a customer user may act now, and as whom; or what stops him. */
export type Standing = { principal: Principal; credentialEpoch: number } | { blocked: Obstacle };

export interface Credentials {
  id: number;
  organizationId: number;
  passwordHash: string | null;
}

/** The account side of a customer user: what he proves himself with, and whether he may act. */
@Injectable()
export class CustomerUserAccounts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly customerUsers: CustomerUsers,
    private readonly organizations: Organizations,
    private readonly websites: Websites,
    private readonly assignments: RoleAssignments,
    private readonly links: LinkTokens,
    private readonly passwordRules: PasswordRules,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  /** What a login by email is checked against. */
  async credentials(email: string): Promise<Credentials | undefined> {
    const [person] = await this.people.findByEmail(email.trim());
    return person && { id: person.id, organizationId: person.organizationId, passwordHash: person.passwordHash };
  }

  /** `undefined` when there is no such customer user. */
  async standing(id: number): Promise<Standing | undefined> {
    const person = await this.people.find(id);
    if (!person) return undefined;
    const blocked = obstacleOf(person) ?? (await this.organizationObstacle(person.organizationId));
    if (blocked) return { blocked };
    return {
      credentialEpoch: person.credentialEpoch,
      principal: {
        side: 'storefront',
        type: 'customer-user',
        id,
        name: `${person.firstName} ${person.lastName}`,
        organizationId: person.organizationId,
        globalAccess: false,
        customerId: person.customerId,
        rights: await this.assignments.rightsOf(id),
      },
    };
  }

  /** Counts a login and ends an open reset link. Answers the website that the person is sent to. */
  async recordLogin(id: number): Promise<string | undefined> {
    await this.people.recordLogin(id, this.clock.now());
    await this.links.end(id, 'set-password');
    const person = await this.people.find(id);
    return person && (await this.websites.find(person.websiteId, person.organizationId))?.url;
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
    return (await this.links.find(token, 'set-password')) !== undefined;
  }

  /** Sets a password through a mailed link, which also proves the email address. */
  async resetPassword(token: string, password: string): Promise<void> {
    const id = await this.links.find(token, 'set-password');
    if (id === undefined) throw new LinkUnusable();
    const known = await this.people.find(id);
    const faults = known ? await this.passwordRules.faults(password, known) : [];
    if (faults.length > 0) throw new InvalidInput(faults);
    const passwordHash = await this.passwords.hash(password);
    await this.work.run(async () => {
      if ((await this.links.take(token, 'set-password')) === undefined) throw new LinkUnusable();
      const person = await this.people.lock(id);
      if (!person) throw new LinkUnusable();
      const before = await this.customerUsers.recorded(person);
      const credentialEpoch = person.credentialEpoch + 1;
      Object.assign(person, { passwordHash, passwordStatus: 'active', confirmed: true, credentialEpoch, updatedAt: this.clock.now() });
      await this.customerUsers.conclude(before, await this.people.save(person));
    });
  }

  private async organizationObstacle(organizationId: number): Promise<Obstacle | undefined> {
    return (await this.organizations.find(organizationId))?.enabled ? undefined : 'organization_disabled';
  }
}

function obstacleOf({ guest, enabled, confirmed, passwordStatus }: CustomerUser): Obstacle | undefined {
  if (guest) return 'guest';
  if (!enabled) return 'disabled';
  if (!confirmed) return 'unconfirmed';
  if (passwordStatus === 'reset') return 'password_reset';
  return undefined;
}
