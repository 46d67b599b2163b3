import { Injectable } from '@nestjs/common';
import { Localizations, type WebsiteView } from '../organizations/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import type { ReadConsent } from './consent-ledger.service.js';
import { ConsentOffers } from './consent-offers.service.js';
import type { OfferedConsentView } from './storefront-consents.dto.js';

/** What a website demands of who registers there. */
@Injectable()
export class ConsentDemands {
  constructor(
    private readonly offers: ConsentOffers,
    private readonly localizations: Localizations,
  ) {}

  /** Every mandatory consent that is missing, and everything wrong with those that are given; pointers lead into `/consents`. */
  async faults(website: WebsiteView, given: readonly ReadConsent[]): Promise<MemberFault[]> {
    const offered = new Map((await this.offers.all(website)).map((offer) => [offer.id, offer]));
    const accepted = new Set(given.map(({ consentId }) => consentId));
    const missing = [...offered.values()].filter(({ id, mandatory }) => mandatory && !accepted.has(id));
    const faults = missing.map(({ id, name }) => {
      const detail = `The consent ${id}, ${name}, has to be accepted.`;
      return { pointer: '/consents', code: 'consents.mandatory_missing', detail };
    });
    for (const [index, read] of given.entries()) {
      const repeated = given.findIndex(({ consentId }) => consentId === read.consentId) < index;
      faults.push(...(repeated ? [fault(index, 'consentId', 'consents.repeated', REPEATED)] : versionFaults(index, read, offered)));
      if (read.localizationId === undefined || (await this.localizations.find(read.localizationId, website.organizationId))) continue;
      faults.push(fault(index, 'localizationId', 'consents.localization_unknown', 'There is no such localization.'));
    }
    return faults;
  }
}

const REPEATED = 'The consent is named twice.';
const UNKNOWN = 'This consent is not asked for here, or not any more.';

function versionFaults(
  index: number,
  { consentId, version }: ReadConsent,
  offered: ReadonlyMap<number, OfferedConsentView>,
): MemberFault[] {
  const offer = offered.get(consentId);
  if (!offer) return [fault(index, 'consentId', 'consents.not_offered', UNKNOWN)];
  const { number } = offer.currentVersion;
  const read = `read and accept version ${number}.`;
  if (version < number) return [fault(index, 'version', 'consents.version_outdated', `Version ${version} is outdated: ${read}`)];
  return version === number ? [] : [fault(index, 'version', 'consents.version_unknown', `There is no version ${version} yet: ${read}`)];
}

const fault = (index: number, member: string, code: string, detail: string): MemberFault => ({
  pointer: `/consents/${index}/${member}`,
  code,
  detail,
});
