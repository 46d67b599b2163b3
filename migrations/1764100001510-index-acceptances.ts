import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'consent_ledger';

const INDICES = Object.entries({
  ix_consent_ledger_consent_at: ['consent_id', 'at', 'id'],
  ix_consent_ledger_consent_version: ['consent_id', 'version_number', 'id'],
  ix_consent_ledger_consent_act: ['consent_id', 'act', 'id'],
  ix_consent_ledger_consent_channel: ['consent_id', 'channel', 'id'],
  ix_consent_ledger_customer_user: ['customer_user_id', 'id'],
}).map(([name, columnNames]) => new TableIndex({ name, columnNames }));

/** An index for each key that the acceptances of a consent, and those of a person, are filtered and sorted by. */
export class IndexAcceptances1764100001510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const index of INDICES) await runner.createIndex(TABLE, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDICES) await runner.dropIndex(TABLE, index);
  }
}
