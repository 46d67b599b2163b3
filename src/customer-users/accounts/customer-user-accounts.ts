import { Injectable } from '@nestjs/common';
import { Organizations, Settings, settings, Websites } from '../../organizations/index.js';
import { Clock } from '../../platform/clock/index.js';
import type { Principal, Rights } from '../../platform/context/index.js';
import { type Subject, subject } from '../../platform/revisions/index.js';
import { RoleAssignments } from '../../roles/index.js';
import { nameOf, type Obstacle, obstacleOf, principalOf } from '../acting-person.js';
import { fullNameOf } from '../customer-user-views.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { EmailAccounts } from './email-accounts.js';
import { LinkTokens, PASSWORD_LINKS } from './link-tokens.js';

/** Of an email address that has accounts in more organizations, those beyond are reached by naming the website. */
const MOST_TRIED = 3;

/** Whether a customer user may act now, and as whom; or what stops him. */
export type Standing = { principal: Principal; credentialEpoch: number } | { blocked: Obstacle };

/** What it depends on, and with it all that is shown of the person to himself. */
export const customerUserSubjects = (id: number): Subject[] => [
  subject('customer-user', id),
  'customer-user-role',
  'organization',
  'shown-name',
];

export interface Credentials {
  id: number;
  organizationId: number;
  websiteId: number;
  name: string;
  email: string;
  guest: boolean;
  /** What of himself keeps him out, whatever he shows. */
  obstacle: Obstacle | undefined;
  passwordHash: string | null;
  /** As it was when these credentials were read. */
  credentialEpoch: number;
}

/** The account side of a customer user: what he proves himself with, and whether he may act. */
@Injectable()
export class CustomerUserAccounts {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly organizations: Organizations,
    private readonly websites: Websites,
    private readonly settings: Settings,
    private readonly assignments: RoleAssignments,
    private readonly emails: EmailAccounts,
    private readonly links: LinkTokens,
    private readonly clock: Clock,
  ) {}

  /**
   * What a login by email is checked against, in the organization of a website, or in each one. `tries` passwords are to be checked
   * however many were found: the time must not say how many that are. No password fits a guest.
   */
  async credentials(email: string, organizationId?: number): Promise<{ found: Credentials[]; tries: number }> {
    const organizationIds = await this.emails.organizationsOf(organizationId);
    const people = await this.emails.find(email, organizationIds);
    const tries = Math.min(organizationIds.length, MOST_TRIED);
    return { found: people.slice(0, tries).map(credentialsOf), tries };
  }

  /** Those of a person who is known already. */
  async credentialsOf(id: number): Promise<Credentials | undefined> {
    const person = await this.people.find(id);
    return person && credentialsOf(person);
  }

  /** Whether passwords let anybody in, on the website or in the organization. */
  takesPasswords(holder: { organizationId?: number; websiteId?: number }): Promise<boolean> {
    return this.settings.get(settings.passwordLogin, holder);
  }

  /** `undefined` when there is no such customer user. */
  async standing(id: number): Promise<Standing | undefined> {
    const person = await this.people.find(id);
    if (!person) return undefined;
    const blocked = obstacleOf(person) ?? (await this.organizationObstacle(person.organizationId));
    if (blocked) return { blocked };
    return {
      credentialEpoch: person.credentialEpoch,
      principal: principalOf(person, await this.rightsOf(id)),
    };
  }

  /** All that his roles allow, whether he may act now or not. */
  rightsOf(id: number): Promise<Rights> {
    return this.assignments.rightsOf(id);
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
    return (await this.addressesOf([id])).get(id);
  }

  /** The same for many, by id. */
  async addressesOf(ids: readonly number[]) {
    const people = await this.people.findAll(ids);
    return new Map(people.map((person) => [person.id, addressOf(person)]));
  }

  private async organizationObstacle(organizationId: number): Promise<Obstacle | undefined> {
    return (await this.organizations.find(organizationId))?.enabled ? undefined : 'organization_disabled';
  }
}

const credentialsOf = (person: CustomerUser): Credentials => {
  const { id, organizationId, websiteId, email, guest, credentialEpoch } = person;
  const passwordHash = guest ? null : person.passwordHash;
  return { id, organizationId, websiteId, email, guest, credentialEpoch, passwordHash, name: nameOf(person), obstacle: obstacleOf(person) };
};

function addressOf(person: CustomerUser) {
  const { organizationId, websiteId, preferredLocalizationId, firstName, email } = person;
  return { name: fullNameOf(person), firstName, address: email, organizationId, websiteId, preferredLocalizationId };
}
