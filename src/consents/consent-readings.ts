import { Injectable } from '@nestjs/common';
import { Localizations, Websites, type WebsiteView } from '../organizations/index.js';
import { NotFound } from '../platform/errors/index.js';

/** No tree of localizations is deeper; a circle in it ends here. */
const DEEPEST = 20;

/** The language that somebody reads in. */
export interface ConsentLanguage {
  /** Where a translation is looked for, the nearest first; the default translation follows. */
  localizationIds: number[];
  /** BCP 47; null when no language was asked for. */
  locale: string | null;
}

/** Finds out where, and in which language, somebody reads. */
@Injectable()
export class ConsentReadings {
  constructor(
    private readonly websites: Websites,
    private readonly localizations: Localizations,
  ) {}

  /** The website that a visitor names, or the default one of the first organization. */
  async visited(websiteId: number | undefined): Promise<WebsiteView> {
    return this.websites.visited(websiteId);
  }

  async website(organizationId: number, websiteId: number | undefined): Promise<WebsiteView> {
    if (websiteId === undefined) return this.websites.getDefault(organizationId);
    const found = await this.websites.find(websiteId, organizationId);
    if (!found) throw new NotFound('website');
    return found;
  }

  /** A localization falls back on its parent, and so on. */
  async language(organizationId: number, localizationId: number | undefined): Promise<ConsentLanguage> {
    const language: ConsentLanguage = { localizationIds: [], locale: null };
    for (let id: number | null = localizationId ?? null; id !== null && language.localizationIds.length < DEEPEST;) {
      const found = await this.localizations.find(id, organizationId);
      if (!found) throw new NotFound('localization');
      language.localizationIds.push(found.id);
      language.locale ??= found.languageCode;
      id = found.parentId;
    }
    return language;
  }
}
