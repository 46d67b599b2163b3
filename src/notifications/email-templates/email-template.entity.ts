import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, LongText, Reference, Text, Version } from '../../platform/database/index.js';

/** A mail template of an organization: one that ships as files, under its name, or one of its own. */
@Entity('email_templates')
@Index('uq_email_templates_name', ['organizationId', 'name'], { unique: true })
export class EmailTemplate {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_email_templates_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(100)
  name: string;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

/** What a template says in one language. A text that is not there is that of the next language, and in the end the file's. */
@Entity('email_template_translations')
@Index('uq_email_template_translations_localization', ['templateId', 'localizationId'], { unique: true })
@Index('ix_email_template_translations_localization', ['localizationId'])
export class EmailTemplateTranslation {
  @Id()
  id: number;

  @ForeignKey('email_templates', { name: 'fk_email_template_translations_template', onDelete: 'CASCADE' })
  @Reference()
  templateId: number;

  /** NULL for the default, on which every language falls back. */
  @ForeignKey('localizations', { name: 'fk_email_template_translations_localization', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  localizationId: number | null;

  @Text(500, { nullable: true })
  subject: string | null;

  @LongText({ nullable: true })
  html: string | null;

  @LongText({ nullable: true })
  text: string | null;
}
