import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Integer, KeyReference, LongText, Reference, Text, Version } from '../platform/database/index.js';

/** `link`: what is agreed to stands on a page, and each text is its address. */
export const CONSENT_KINDS = ['text', 'link'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** What people agree to, or not. What it says is kept in its versions. */
@Entity('consents')
@Index('ix_consents_organization', ['organizationId', 'position'])
export class Consent {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_consents_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(10, { default: 'text' })
  kind: ConsentKind;

  @Flag()
  mandatory: boolean;

  @Flag()
  enabled: boolean;

  @Integer()
  position: number;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

/** Where a consent is asked for; without any, on every website of its organization. */
@Entity('consent_websites')
@Index('ix_consent_websites_website', ['websiteId'])
export class ConsentWebsite {
  @ForeignKey('consents', { name: 'fk_consent_websites_consent', onDelete: 'CASCADE' })
  @KeyReference()
  consentId: number;

  @ForeignKey('websites', { name: 'fk_consent_websites_website', onDelete: 'CASCADE' })
  @KeyReference()
  websiteId: number;
}

/** What a website says of a consent for itself. Where it says nothing, the consent's own switch, websites and place in the order hold. */
@Entity('consent_placements')
@Index('ix_consent_placements_website', ['websiteId'])
export class ConsentPlacement {
  @ForeignKey('consents', { name: 'fk_consent_placements_consent', onDelete: 'CASCADE' })
  @KeyReference()
  consentId: number;

  @ForeignKey('websites', { name: 'fk_consent_placements_website', onDelete: 'CASCADE' })
  @KeyReference()
  websiteId: number;

  /** Whether it is asked for here, whatever the consent's websites are; NULL for as they have it. */
  @Flag({ nullable: true })
  enabled: boolean | null;

  /** NULL for the consent's own. */
  @Integer({ nullable: true })
  position: number | null;
}

/** What a consent says from a moment on, until the next version. Written once. */
@Entity('consent_versions')
@Index('uq_consent_versions_number', ['consentId', 'number'], { unique: true })
export class ConsentVersion {
  @Id()
  id: number;

  @ForeignKey('consents', { name: 'fk_consent_versions_consent', onDelete: 'CASCADE' })
  @Reference()
  consentId: number;

  @Integer()
  number: number;

  @Instant()
  effectiveAt: Date;

  /** Whoever accepted an earlier version has to accept again. */
  @Flag()
  reacceptance: boolean;

  /** SHA-256 of the default text in UTF-8, hexadecimal. */
  @Text(64)
  textHash: string;

  @Instant()
  createdAt: Date;
}

/** A version in one language. Written once. */
@Entity('consent_translations')
@Index('uq_consent_translations_localization', ['versionId', 'localizationId'], { unique: true })
@Index('ix_consent_translations_localization', ['localizationId'])
export class ConsentTranslation {
  @Id()
  id: number;

  @ForeignKey('consent_versions', { name: 'fk_consent_translations_version', onDelete: 'CASCADE' })
  @Reference()
  versionId: number;

  /** NULL for the default, which everybody reads who has no translation of his own. */
  @ForeignKey('localizations', { name: 'fk_consent_translations_localization', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  localizationId: number | null;

  @Text(255)
  name: string;

  @LongText()
  text: string;
}
