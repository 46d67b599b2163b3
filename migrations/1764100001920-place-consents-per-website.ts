import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, integer, keyReference, nullable } from '../src/platform/database/schema.js';

const OFF_SOMEWHERE = 'SELECT consent_id FROM consent_placements WHERE enabled = 0';

/** A website may have a consent in another place of the order, and switch it on or off, for itself. */
export class PlaceConsentsPerWebsite1764100001920 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'consent_placements', {
      columns: [keyReference('consent_id'), keyReference('website_id'), nullable(flag('enabled')), nullable(integer('position'))],
      foreignKeys: {
        fk_consent_placements_consent: { column: 'consent_id', references: 'consents', onDelete: 'CASCADE' },
        fk_consent_placements_website: { column: 'website_id', references: 'websites', onDelete: 'CASCADE' },
      },
      indices: { ix_consent_placements_website: ['website_id'] },
    });
  }

  /** Everywhere stays asked for what was asked for: the switches become websites of the consent. The order is that of the consents again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO consent_websites (consent_id, website_id)
       SELECT consents.id, websites.id FROM consents INNER JOIN websites ON websites.organization_id = consents.organization_id
       WHERE consents.id IN (${OFF_SOMEWHERE}) AND consents.id NOT IN (SELECT consent_id FROM consent_websites)`,
    );
    await runner.query(
      `INSERT INTO consent_websites (consent_id, website_id)
       SELECT placed.consent_id, placed.website_id FROM consent_placements placed
       WHERE placed.enabled = 1 AND placed.consent_id IN (SELECT consent_id FROM consent_websites)
       AND NOT EXISTS (SELECT 1 FROM consent_websites listed WHERE listed.consent_id = placed.consent_id AND listed.website_id = placed.website_id)`,
    );
    await runner.query(
      `DELETE FROM consent_websites WHERE EXISTS (SELECT 1 FROM consent_placements placed WHERE placed.enabled = 0
       AND placed.consent_id = consent_websites.consent_id AND placed.website_id = consent_websites.website_id)`,
    );
    await runner.query(
      `UPDATE consents SET enabled = 0 WHERE id IN (${OFF_SOMEWHERE}) AND id NOT IN (SELECT consent_id FROM consent_websites)`,
    );
    await runner.dropTable('consent_placements');
  }
}
