import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** A language that texts are kept in, with the one to fall back on. */
@Entity('localizations')
@Index('uq_localizations_name', ['organizationId', 'name'], { unique: true })
@Revises({ all: 'shown-name', only: ['name'] })
export class Localization {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_localizations_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(255)
  name: string;

  /** BCP 47. */
  @Text(35)
  languageCode: string;

  @ForeignKey('localizations', { name: 'fk_localizations_parent', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  parentId: number | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
