import { defineListing } from '../platform/listing/index.js';
import { CONSENT_CHANNELS } from './acceptances.dto.js';
import { ConsentTranslation, ConsentVersion, ConsentWebsite } from './consent.entity.js';

export const consentListing = defineListing({
  id: 'consent.id',
  defaultSort: 'position',
  fields: {
    id: { column: 'consent.id', type: 'id', sort: true },
    organizationId: { column: 'consent.organizationId', type: 'id' },
    mandatory: { column: 'consent.mandatory', type: 'boolean' },
    enabled: { column: 'consent.enabled', type: 'boolean' },
    position: { column: 'consent.position', type: 'integer', sort: true },
    name: {
      type: 'text',
      description: 'In any language of any version.',
      exists: (query, matches) =>
        query
          .subQuery()
          .select('1')
          .from(ConsentTranslation, 'translation')
          .innerJoin(ConsentVersion, 'version', 'version.id = translation.versionId')
          .where('version.consentId = consent.id')
          .andWhere(matches('translation.name'))
          .getQuery(),
    },
    websiteId: {
      type: 'id',
      description: 'Consents that are asked for on every website have none.',
      exists: (query, matches) =>
        query
          .subQuery()
          .select('1')
          .from(ConsentWebsite, 'link')
          .where('link.consentId = consent.id')
          .andWhere(matches('link.websiteId'))
          .getQuery(),
    },
    createdAt: { column: 'consent.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'consent.updatedAt', type: 'instant', sort: true },
  },
});

export const versionListing = defineListing({
  id: 'version.id',
  defaultSort: '-number',
  fields: {
    number: { column: 'version.number', type: 'integer', sort: true },
    effectiveAt: { column: 'version.effectiveAt', type: 'instant', sort: true },
    reacceptance: { column: 'version.reacceptance', type: 'boolean' },
  },
});

export const offerListing = defineListing({
  id: 'consent.id',
  defaultSort: 'position',
  fields: {
    mandatory: { column: 'consent.mandatory', type: 'boolean' },
    position: { column: 'consent.position', type: 'integer', sort: true },
  },
  parameters: {
    websiteId: { type: 'id', description: 'Left out: for visitors the default website, for a person his own.' },
    localizationId: { type: 'id', description: 'Left out: for a person the one that he prefers; else the default translation.' },
  },
});

/** What lists of the ledger's entries offer. */
export const acceptanceListing = defineListing({
  id: 'entry.id',
  defaultSort: '-id',
  fields: {
    id: { column: 'entry.id', type: 'id', sort: true },
    customerUserId: { column: 'entry.customerUserId', type: 'id' },
    consentId: { column: 'entry.consentId', type: 'id' },
    version: { column: 'entry.versionNumber', type: 'integer' },
    act: { column: 'entry.act', type: 'enumerated', values: ['accepted', 'withdrawn'] },
    channel: { column: 'entry.channel', type: 'enumerated', values: CONSENT_CHANNELS },
    at: { column: 'entry.at', type: 'instant', sort: true },
  },
});
