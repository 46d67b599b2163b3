import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  bigInteger,
  createTable,
  flag,
  id,
  instant,
  integer,
  keyReference,
  longText,
  nullable,
  reference,
  text,
  version,
} from '../src/platform/database/schema.js';

/** What people agree to, in versions, and an append-only ledger of who did: no foreign key to persons, whom the ledger outlives. */
export class CreateConsents1764000000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'consents', {
      columns: [
        id(),
        reference('organization_id'),
        flag('mandatory'),
        flag('enabled'),
        integer('position'),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: { fk_consents_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' } },
      indices: { ix_consents_organization: ['organization_id', 'position'] },
    });
    await createTable(runner, 'consent_websites', {
      columns: [keyReference('consent_id'), keyReference('website_id')],
      foreignKeys: {
        fk_consent_websites_consent: { column: 'consent_id', references: 'consents', onDelete: 'CASCADE' },
        fk_consent_websites_website: { column: 'website_id', references: 'websites', onDelete: 'CASCADE' },
      },
      indices: { ix_consent_websites_website: ['website_id'] },
    });
    await createTable(runner, 'consent_versions', {
      columns: [
        id(),
        reference('consent_id'),
        integer('number'),
        instant('effective_at'),
        flag('reacceptance'),
        text('text_hash', 64),
        instant('created_at'),
      ],
      foreignKeys: { fk_consent_versions_consent: { column: 'consent_id', references: 'consents', onDelete: 'CASCADE' } },
      unique: { uq_consent_versions_number: ['consent_id', 'number'] },
    });
    await createTable(runner, 'consent_translations', {
      columns: [id(), reference('version_id'), nullable(reference('localization_id')), text('name', 255), longText('text')],
      foreignKeys: {
        fk_consent_translations_version: { column: 'version_id', references: 'consent_versions', onDelete: 'CASCADE' },
        fk_consent_translations_localization: { column: 'localization_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      unique: { uq_consent_translations_localization: ['version_id', 'localization_id'] },
      indices: { ix_consent_translations_localization: ['localization_id'] },
    });
    await createLedger(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['consent_ledger_origins', 'consent_ledger_heads', 'consent_ledger']) await runner.dropTable(table);
    for (const table of ['consent_translations', 'consent_versions', 'consent_websites', 'consents']) await runner.dropTable(table);
  }
}

async function createLedger(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'consent_ledger', {
    columns: [
      id(),
      reference('organization_id'),
      bigInteger('sequence'),
      reference('customer_user_id'),
      reference('consent_id'),
      integer('version_number'),
      reference('translation_id'),
      text('text_hash', 64),
      text('name', 255),
      nullable(text('locale', 35)),
      text('channel', 30),
      text('origin_hash', 64),
      instant('at'),
      text('act', 20),
      text('previous_hash', 64),
      text('hash', 64),
    ],
    foreignKeys: {
      fk_consent_ledger_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
      fk_consent_ledger_consent: { column: 'consent_id', references: 'consents', onDelete: 'RESTRICT' },
      fk_consent_ledger_translation: { column: 'translation_id', references: 'consent_translations', onDelete: 'RESTRICT' },
    },
    unique: { uq_consent_ledger_sequence: ['organization_id', 'sequence'] },
    indices: {
      ix_consent_ledger_person: ['customer_user_id', 'consent_id', 'sequence'],
      ix_consent_ledger_consent: ['consent_id', 'id'],
      ix_consent_ledger_translation: ['translation_id'],
    },
  });
  await createTable(runner, 'consent_ledger_heads', {
    columns: [keyReference('organization_id'), bigInteger('sequence'), text('hash', 64)],
    foreignKeys: {
      fk_consent_ledger_heads_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
    },
  });
  await createTable(runner, 'consent_ledger_origins', {
    columns: [keyReference('entry_id'), text('salt', 22), nullable(text('ip', 45)), nullable(text('user_agent', 255))],
    foreignKeys: { fk_consent_ledger_origins_entry: { column: 'entry_id', references: 'consent_ledger', onDelete: 'RESTRICT' } },
  });
}
