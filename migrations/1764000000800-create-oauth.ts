import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, json, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** Applications get tokens in the name of a customer user or a console user; each may have several secrets, so that they can be replaced without a gap. */
export class CreateOAuth1764000000800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'oauth_applications', {
      columns: [
        id(),
        reference('organization_id'),
        text('name', 255),
        text('owner_type', 20),
        reference('owner_id'),
        text('client_id', 32),
        flag('active'),
        json('scopes'),
        nullable(instant('last_used_at')),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: { fk_oauth_applications_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' } },
      unique: {
        uq_oauth_applications_name: ['organization_id', 'owner_type', 'owner_id', 'name'],
        uq_oauth_applications_client: ['client_id'],
      },
      indices: {
        ix_oauth_applications_owner: ['owner_type', 'owner_id', 'id'],
        ix_oauth_applications_organization: ['organization_id', 'id'],
        ix_oauth_applications_list: ['organization_id', 'name', 'id'],
      },
    });
    await createTable(runner, 'oauth_secrets', {
      columns: [
        id(),
        reference('application_id'),
        text('hash', 64),
        text('hint', 4),
        nullable(instant('expires_at')),
        nullable(instant('last_used_at')),
        instant('created_at'),
      ],
      foreignKeys: { fk_oauth_secrets_application: { column: 'application_id', references: 'oauth_applications', onDelete: 'CASCADE' } },
      indices: { ix_oauth_secrets_application: ['application_id', 'id'], ix_oauth_secrets_expiry: ['expires_at'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['oauth_secrets', 'oauth_applications']) await runner.dropTable(table);
  }
}
