import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnFor, createTable, flag, id, instant, json, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** Where a mail came from. No foreign keys: the log outlives rules and templates, and is written often. */
const ORIGIN = ['record_id', 'rule_id', 'template_id', 'localization_id'];

const INDICES = { ix_emails_record: 'record_id, event', ix_emails_rule: 'rule_id' };

/** Who gets which mail when something happens is for organizations to say; the log of mails tells which rule wrote one. */
export class CreateNotificationRules1764100001410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'notification_rules', {
      columns: [
        id(),
        reference('organization_id'),
        nullable(text('code', 60)),
        text('event', 60),
        json('conditions'),
        reference('template_id'),
        nullable(reference('localization_id')),
        json('recipients'),
        flag('active'),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_notification_rules_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_notification_rules_template: { column: 'template_id', references: 'email_templates', onDelete: 'RESTRICT' },
        fk_notification_rules_localization: { column: 'localization_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      unique: { uq_notification_rules_code: ['organization_id', 'code'] },
      indices: {
        ix_notification_rules_event: ['organization_id', 'event'],
        ix_notification_rules_template: ['template_id'],
        ix_notification_rules_localization: ['localization_id'],
      },
    });
    // As statements, because TypeORM would copy the whole table on SQLite.
    const { type } = columnFor(runner, reference('any'));
    await runner.query('ALTER TABLE emails ADD COLUMN event varchar(60) NULL');
    for (const column of ORIGIN) await runner.query(`ALTER TABLE emails ADD COLUMN ${column} ${type} NULL`);
    for (const [name, columns] of Object.entries(INDICES)) await runner.query(`CREATE INDEX ${name} ON emails (${columns})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDICES)) await runner.dropIndex('emails', name);
    for (const column of ['event', ...ORIGIN]) await runner.query(`ALTER TABLE emails DROP COLUMN ${column}`);
    await runner.dropTable('notification_rules');
  }
}
