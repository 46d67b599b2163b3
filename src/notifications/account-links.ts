import { Injectable } from '@nestjs/common';
import { type Setting, type SettingHolder, Settings, settings } from '../organizations/index.js';
import { HttpSettings } from '../platform/config/index.js';

/** The pages that links in mails lead to, by the setting that replaces them. */
const PAGES = {
  'set-password': settings.setPasswordLink,
  confirm: settings.confirmEmailLink,
  'change-email': settings.changeEmailLink,
} as const satisfies Record<string, Setting<string | null>>;

/** The links in mails to customer users, as the settings of their website have them. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly settings: Settings,
    private readonly http: HttpSettings,
  ) {}

  async to(page: keyof typeof PAGES, token: string, holder: SettingHolder): Promise<string> {
    const set = await this.settings.get(PAGES[page], holder);
    const link = new URL(usable(set) ?? `${this.http.publicUrl}/account/${page}`);
    link.searchParams.set('token', token);
    return link.href;
  }

  /** The page to log in: the website itself where no other is set. */
  async toLogin(website: { url: string } | undefined, holder: SettingHolder): Promise<string> {
    return usable(await this.settings.get(settings.loginLink, holder)) ?? usable(website?.url) ?? this.http.publicUrl;
  }
}

/** A setting that is no address must not keep anybody out: this server's own page does as well. */
const usable = (address: string | null | undefined): string | undefined =>
  address != null && URL.canParse(address) && /^https?:/.test(address) ? address : undefined;
