import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, longText, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** What organizations make of the mail templates that ship as files, and templates of their own. */
export class CreateEmailTemplates1764100001400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'email_templates', {
      columns: [id(), reference('organization_id'), text('name', 100), instant('created_at'), instant('updated_at'), version()],
      foreignKeys: { fk_email_templates_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' } },
      unique: { uq_email_templates_name: ['organization_id', 'name'] },
    });
    await createTable(runner, 'email_template_translations', {
      columns: [
        id(),
        reference('template_id'),
        nullable(reference('localization_id')),
        nullable(text('subject', 500)),
        nullable(longText('html')),
        nullable(longText('text')),
      ],
      foreignKeys: {
        fk_email_template_translations_template: { column: 'template_id', references: 'email_templates', onDelete: 'CASCADE' },
        fk_email_template_translations_localization: { column: 'localization_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      unique: { uq_email_template_translations_localization: ['template_id', 'localization_id'] },
      indices: { ix_email_template_translations_localization: ['localization_id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('email_template_translations');
    await runner.dropTable('email_templates');
  }
}
