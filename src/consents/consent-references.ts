import { Injectable } from '@nestjs/common';
import { Localizations, Websites } from '../organizations/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';

interface Referring {
  websiteIds?: readonly number[];
  /** As it was sent, so that faults can point into it. */
  translations?: readonly { localizationId?: number | null }[];
}

/** Holds what a consent refers to against what its organization has. */
@Injectable()
export class ConsentReferences {
  constructor(
    private readonly websites: Websites,
    private readonly localizations: Localizations,
  ) {}

  async refuseUnknown(organizationId: number, { websiteIds = [], translations = [] }: Referring): Promise<void> {
    const faults: MemberFault[] = [];
    for (const [i, id] of websiteIds.entries()) {
      if (await this.websites.find(id, organizationId)) continue;
      faults.push({ pointer: `/websiteIds/${i}`, code: 'consents.website_unknown', detail: `There is no website ${id}.` });
    }
    for (const [i, { localizationId: id }] of translations.entries()) {
      if (id == null || (await this.localizations.find(id, organizationId))) continue;
      const pointer = `/translations/${i}/localizationId`;
      faults.push({ pointer, code: 'consents.localization_unknown', detail: `There is no localization ${id}.` });
    }
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}
