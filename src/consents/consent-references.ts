import { Injectable } from '@nestjs/common';
import { Localizations, Websites } from '../organizations/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';

interface Referring {
  websiteIds?: readonly number[];
  websites?: readonly { websiteId: number }[];
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

  async refuseUnknown(organizationId: number, { websiteIds = [], websites = [], translations = [] }: Referring): Promise<void> {
    const faults: MemberFault[] = [];
    const named = [
      ...websiteIds.map((id, i) => ({ id, pointer: `/websiteIds/${i}` })),
      ...websites.map(({ websiteId: id }, i) => ({ id, pointer: `/websites/${i}/websiteId` })),
    ];
    for (const { id, pointer } of named) {
      if (await this.websites.find(id, organizationId)) continue;
      faults.push({ pointer, code: 'consents.website_unknown', detail: `There is no website ${id}.` });
    }
    for (const [i, { websiteId }] of websites.entries()) {
      if (websites.findIndex((other) => other.websiteId === websiteId) === i) continue;
      const detail = 'A website is named once.';
      faults.push({ pointer: `/websites/${i}/websiteId`, code: 'consents.website_repeated', detail });
    }
    for (const [i, { localizationId: id }] of translations.entries()) {
      if (id == null || (await this.localizations.find(id, organizationId))) continue;
      const pointer = `/translations/${i}/localizationId`;
      faults.push({ pointer, code: 'consents.localization_unknown', detail: `There is no localization ${id}.` });
    }
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}
