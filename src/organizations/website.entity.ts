import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, KeyReference, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** A storefront: where its customer users are sent after login, and whose links their mails carry. */
@Entity('websites')
@Index('uq_websites_name', ['organizationId', 'name'], { unique: true })
@Revises({ all: 'shown-name', only: ['name'] })
export class Website {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_websites_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(255)
  name: string;

  @Text(500)
  url: string;

  /** The one that customer users get when none is chosen. */
  @Flag()
  isDefault: boolean;

  @ForeignKey('localizations', { name: 'fk_websites_default_localization', onDelete: 'RESTRICT' })
  @Reference()
  defaultLocalizationId: number;

  /** A customer user role; no foreign key, since roles are made after websites and refer to them. */
  @Reference({ nullable: true })
  defaultRoleId: number | null;

  @Reference({ nullable: true })
  guestRoleId: number | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

/** The localizations that a website offers. */
@Entity('website_localizations')
@Index('ix_website_localizations_localization', ['localizationId'])
export class WebsiteLocalization {
  @ForeignKey('websites', { name: 'fk_website_localizations_website', onDelete: 'CASCADE' })
  @KeyReference()
  websiteId: number;

  @ForeignKey('localizations', { name: 'fk_website_localizations_localization', onDelete: 'RESTRICT' })
  @KeyReference()
  localizationId: number;
}
