import { Injectable } from '@nestjs/common';
import { ConsentDemands, ConsentOffers, type ConsentReading } from '../../consents/index.js';
import { Organizations, PasswordRules, Settings, settings, type WebsiteView, Websites } from '../../organizations/index.js';
import { InvalidInput, memberOf } from '../../platform/errors/index.js';
import type { Checked } from '../../platform/http/index.js';
import { Users } from '../../users/index.js';
import { Defaults } from '../defaults.js';
import type { RegistrationDraft, RegistrationFormView } from './registration.dto.js';

const WANTED = [
  settings.registrationAllowed,
  settings.registrationCompanyRequired,
  settings.registrationConfirmationRequired,
  settings.registrationAutoLogin,
  settings.registrationInstructions,
  settings.enumerationProtection,
  settings.registrationOwner,
] as const;

/** How one registers on a website. */
@Injectable()
export class RegistrationRules {
  constructor(
    private readonly settings: Settings,
    private readonly organizations: Organizations,
    private readonly websites: Websites,
    private readonly users: Users,
    private readonly defaults: Defaults,
    private readonly offers: ConsentOffers,
    private readonly demands: ConsentDemands,
    private readonly passwordRules: PasswordRules,
  ) {}

  async of(website: WebsiteView) {
    const values = await this.settings.getAll(WANTED, { organizationId: website.organizationId, websiteId: website.id });
    const [wanted, companyRequired, confirmationRequired, autoLogin, instructions, enumerationProtection, ownerId] = values;
    // Without a role to give, nobody could be let in.
    const roleIds = await this.defaults.roleIds(website.organizationId, website.id, false);
    const open = roleIds.length > 0 && (await this.organizations.find(website.organizationId))?.enabled === true;
    return { allowed: wanted && open, companyRequired, confirmationRequired, autoLogin, instructions, enumerationProtection, ownerId };
  }

  async form({ websiteId, localizationId }: ConsentReading): Promise<RegistrationFormView> {
    const website = await this.websites.visited(websiteId);
    const { allowed, companyRequired, confirmationRequired, instructions } = await this.of(website);
    return { allowed, companyRequired, confirmationRequired, instructions, consents: await this.offers.all(website, localizationId) };
  }

  /** Throws `InvalidInput` with every rule that the draft breaks, of form and of the website. None asks who has the email address. */
  async refuseBroken({ members, faults }: Checked<RegistrationDraft>, website: WebsiteView, companyRequired: boolean): Promise<void> {
    const { companyName, password, consents = [] }: Partial<RegistrationDraft> = members;
    const faulty = new Set(faults.map(memberOf));
    const holder = { organizationId: website.organizationId, websiteId: website.id };
    const all = [
      ...faults,
      ...(companyRequired && companyName == null && !faulty.has('companyName') ? [COMPANY_MISSING] : []),
      ...(password === undefined ? [] : await this.passwordRules.faults(password, holder)),
      ...(faulty.has('consents') ? [] : await this.demands.faults(website, consents)),
    ];
    if (all.length > 0) throw new InvalidInput(all);
  }

  /** The console user who owns who registers: the one of the setting, else the first of the organization. */
  ownerOf({ organizationId }: WebsiteView, ownerId: number | null): Promise<number | null> {
    return this.users.ownerFor(organizationId, ownerId);
  }
}

const COMPANY_MISSING = { pointer: '/companyName', code: 'registration.company_required', detail: 'Name the company that you act for.' };
