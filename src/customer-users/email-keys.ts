import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../organizations/index.js';

interface EmailColumns {
  email: string;
  emailLower: string;
  uniqueEmail: string | null;
}

/** The columns that an email address fills, by the organization's setting on case and whether it is a guest's. */
@Injectable()
export class EmailKeys {
  constructor(private readonly settings: Settings) {}

  async of(organizationId: number, email: string, guest: boolean): Promise<EmailColumns> {
    const columns = await this.forOrganization(organizationId);
    return columns(email, guest);
  }

  /** The same for many addresses, with one read of the setting. */
  async forOrganization(organizationId: number): Promise<(email: string, guest: boolean) => EmailColumns> {
    const caseInsensitive = await this.settings.getSteady(settings.caseInsensitiveEmail, organizationId);
    return (email, guest) => {
      const emailLower = email.toLowerCase();
      return { email, emailLower, uniqueEmail: guest ? null : caseInsensitive ? emailLower : email };
    };
  }
}
