import { Injectable } from '@nestjs/common';
import { type Setting, Settings, settings, Websites } from '../../organizations/index.js';
import { HttpSettings } from '../../platform/config/index.js';

/** The pages that links in mails lead to, by the setting that replaces them. */
const PAGES = {
  'set-password': settings.setPasswordLink,
  confirm: settings.confirmEmailLink,
  'change-email': settings.changeEmailLink,
} as const satisfies Record<string, Setting<string | null>>;

/** Of whose website the settings hold. */
export interface WebsitePlace {
  organizationId: number;
  websiteId: number;
}

/** Where the links in mails to customer users lead, as the settings of their website have it. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly settings: Settings,
    private readonly websites: Websites,
    private readonly http: HttpSettings,
  ) {}

  async to(page: keyof typeof PAGES, token: string, place: WebsitePlace): Promise<string> {
    return (await this.leadingTo(page, place))(token);
  }

  /** The same for many tokens of one website. */
  async leadingTo(page: keyof typeof PAGES, place: WebsitePlace): Promise<(token: string) => string> {
    const set = await this.settings.get(PAGES[page], place);
    const address = usable(set) ?? `${this.http.publicUrl}/account/${page}`;
    return (token) => {
      const link = new URL(address);
      link.searchParams.set('token', token);
      return link.href;
    };
  }

  /** The page to log in: the website itself where no other is set. */
  async toLogin(place: WebsitePlace): Promise<string> {
    const website = await this.websites.find(place.websiteId, place.organizationId);
    return usable(await this.settings.get(settings.loginLink, place)) ?? usable(website?.url) ?? this.http.publicUrl;
  }
}

/** A setting that is no address must not keep anybody out: this server's own page does as well. */
const usable = (address: string | null | undefined): string | undefined =>
  address != null && URL.canParse(address) && /^https?:/.test(address) ? address : undefined;
