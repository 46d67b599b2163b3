import { Injectable } from '@nestjs/common';
import { PasswordRules, Settings, settings } from '../../organizations/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput } from '../../platform/errors/index.js';
import { Passwords } from '../../platform/secrets/index.js';
import type { WebsitePlace } from './account-links.js';
import { principalOf } from '../acting-person.js';
import { Changing } from '../changing.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CredentialsOutdated, LinkUnusable, PasswordLoginOff } from '../customer-users.errors.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { LinkTokens, PASSWORD_LINKS } from './link-tokens.js';

/** Who showed his password, and how often his credentials had changed by then. */
export interface Proved {
  id: number;
  credentialEpoch: number;
}

/** The passwords that people set themselves: through a mailed link, or logged in. */
@Injectable()
export class OwnPasswords {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly changing: Changing,
    private readonly links: LinkTokens,
    private readonly rules: PasswordRules,
    private readonly passwords: Passwords,
    private readonly settings: Settings,
    private readonly context: CurrentContext,
  ) {}

  /** What a password needs that is set through a mailed link, in sentences. Throws unless the link can be used now. */
  async needs(token: string): Promise<string[]> {
    return (await this.rules.faults('', await this.personOf(token))).map(({ detail }) => detail);
  }

  /** Sets a password through a mailed link, which also proves the email address. Answers whose website it is. */
  async reset(token: string, password: string): Promise<WebsitePlace> {
    const faults = await this.rules.faults(password, await this.personOf(token));
    if (faults.length > 0) throw new InvalidInput(faults);
    const passwordHash = await this.passwords.hash(password);
    return this.work.run(async () => {
      const taken = await this.links.take(token, ...PASSWORD_LINKS);
      const person = taken && (await this.people.lock(taken.customerUserId));
      if (!person) throw new LinkUnusable();
      // The link proves who acts, and that mails to the address reach him.
      await this.context.runAs(principalOf(person), 'link', () => this.set(person, passwordHash, true));
      return { organizationId: person.organizationId, websiteId: person.websiteId };
    });
  }

  /** Sets the password of the customer user who acts, whose present one was checked, and this one held to the rules. Answers what `follow`, part of the same act, does. */
  async change<T>({ id, credentialEpoch }: Proved, password: string, follow: () => Promise<T>): Promise<T> {
    const passwordHash = await this.passwords.hash(password);
    return this.work.run(async () => {
      const person = await this.people.lock(id);
      if (person?.credentialEpoch !== credentialEpoch) throw new CredentialsOutdated();
      await this.set(person, passwordHash, person.confirmed);
      return follow();
    });
  }

  private async personOf(token: string): Promise<CustomerUser> {
    const link = await this.links.find(token, ...PASSWORD_LINKS);
    const person = link && (await this.people.find(link.customerUserId));
    if (!person) throw new LinkUnusable();
    if (!(await this.settings.get(settings.passwordLogin, person))) throw new PasswordLoginOff();
    return person;
  }

  private async set(person: CustomerUser, passwordHash: string, confirmed: boolean): Promise<void> {
    const before = await this.changing.recorded(person);
    const credentialEpoch = person.credentialEpoch + 1;
    Object.assign(person, { passwordHash, passwordStatus: 'active', confirmed, credentialEpoch });
    await this.changing.save(before, person);
  }
}
