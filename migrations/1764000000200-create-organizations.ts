import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, json, keyReference, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** Organizations keep merchants apart; websites, localizations and settings belong to one. */
export class CreateOrganizations1764000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const stamps = [instant('created_at'), instant('updated_at'), version()];
    await createTable(runner, 'organizations', {
      columns: [id(), text('name', 255), flag('enabled'), ...stamps],
      unique: { uq_organizations_name: ['name'] },
    });
    await createTable(runner, 'localizations', {
      columns: [
        id(),
        reference('organization_id'),
        text('name', 255),
        text('language_code', 35),
        nullable(reference('parent_id')),
        ...stamps,
      ],
      foreignKeys: {
        fk_localizations_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_localizations_parent: { column: 'parent_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      unique: { uq_localizations_name: ['organization_id', 'name'] },
    });
    await createTable(runner, 'websites', {
      columns: [
        id(),
        reference('organization_id'),
        text('name', 255),
        text('url', 500),
        flag('is_default'),
        reference('default_localization_id'),
        nullable(reference('default_role_id')),
        nullable(reference('guest_role_id')),
        ...stamps,
      ],
      foreignKeys: {
        fk_websites_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_websites_default_localization: { column: 'default_localization_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      unique: { uq_websites_name: ['organization_id', 'name'] },
    });
    await createTable(runner, 'website_localizations', {
      columns: [keyReference('website_id'), keyReference('localization_id')],
      foreignKeys: {
        fk_website_localizations_website: { column: 'website_id', references: 'websites', onDelete: 'CASCADE' },
        fk_website_localizations_localization: { column: 'localization_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      indices: { ix_website_localizations_localization: ['localization_id'] },
    });
    await createTable(runner, 'settings', {
      columns: [id(), text('key', 100), text('scope', 20), reference('scope_id'), json('value')],
      unique: { uq_settings: ['key', 'scope', 'scope_id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['settings', 'website_localizations', 'websites', 'localizations', 'organizations']) await runner.dropTable(table);
  }
}
