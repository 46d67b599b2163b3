import { Injectable } from '@nestjs/common';
import { Organizations } from './organizations/index.js';
import { Random } from './platform/clock/index.js';
import { FirstAdminSettings } from './platform/config/index.js';
import { UnitOfWork } from './platform/database/index.js';
import { Passwords } from './platform/secrets/index.js';
import { UserFoundation } from './users/index.js';

/** What a fresh installation begins with: an organization, a website, English, the predefined roles and one admin. */
@Injectable()
export class FirstStart {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly users: UserFoundation,
    private readonly passwords: Passwords,
    private readonly random: Random,
    private readonly admin: FirstAdminSettings,
  ) {}

  /**
   * Does nothing where there is an organization already. Answers the admin; the password only when it was generated here, for
   * it is kept nowhere. Call it under the start's lock, so that two processes do not both begin.
   */
  async run(): Promise<{ email: string; generatedPassword?: string } | undefined> {
    if (await this.organizations.exist()) return undefined;
    const generatedPassword = this.admin.password === undefined ? this.generate() : undefined;
    const passwordHash = await this.passwords.hash(this.admin.password ?? generatedPassword ?? '');
    await this.work.run(() => this.create(passwordHash));
    return { email: this.admin.email, ...(generatedPassword && { generatedPassword }) };
  }

  private async create(passwordHash: string): Promise<void> {
    const { id: organizationId } = await this.organizations.found({ name: 'Main organization' });
    await this.users.lay({ organizationId, email: this.admin.email, passwordHash });
  }

  /** 120 random bits, with a letter of each case and a digit for certain. */
  private generate(): string {
    return `Aa1-${this.random.token(120)}`;
  }
}
