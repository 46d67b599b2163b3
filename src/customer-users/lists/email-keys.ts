import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../../organizations/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import type { ListRequest } from '../../platform/listing/index.js';

interface EmailColumns {
  email: string;
  emailLower: string;
  uniqueEmail: string | null;
}

/** What the organization's setting on case makes of email addresses: the columns that one fills, and how lists find it. */
@Injectable()
export class EmailKeys {
  constructor(
    private readonly settings: Settings,
    private readonly context: CurrentContext,
  ) {}

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

  /** The request with its filter by email in the case that counts in the caller's organization. */
  async follow(request: ListRequest): Promise<ListRequest> {
    if (!request.filters.some(({ name }) => name === 'email')) return request;
    const { organizationId } = this.context.principal();
    return { ...request, caseSensitive: !(await this.settings.get(settings.caseInsensitiveEmail, { organizationId })) };
  }
}
