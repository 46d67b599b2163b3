import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Json, Reference, Text, Version } from '../../platform/database/index.js';
import type { Condition } from './conditions.js';
import type { Recipient } from './default-rules.js';

/** Who gets which mail when something happens. */
@Entity('notification_rules')
@Index('uq_notification_rules_code', ['organizationId', 'code'], { unique: true })
@Index('ix_notification_rules_event', ['organizationId', 'event'])
@Index('ix_notification_rules_template', ['templateId'])
@Index('ix_notification_rules_localization', ['localizationId'])
export class NotificationRule {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_notification_rules_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  /** Which of the rules that ship with the product it is; `null` for those that were added. */
  @Text(60, { nullable: true })
  code: string | null;

  @Text(60)
  event: string;

  /** All have to hold. */
  @Json()
  conditions: Condition[];

  @ForeignKey('email_templates', { name: 'fk_notification_rules_template', onDelete: 'RESTRICT' })
  @Reference()
  templateId: number;

  /** In which everybody is written to; `null` for his own. */
  @ForeignKey('localizations', { name: 'fk_notification_rules_localization', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  localizationId: number | null;

  @Json()
  recipients: Recipient[];

  @Flag()
  active: boolean;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
