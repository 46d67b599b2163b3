import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  bigInteger,
  createTable,
  flag,
  id,
  instant,
  integer,
  json,
  longText,
  nullable,
  type PortableColumn,
  reference,
  text,
  version,
} from '../src/platform/database/schema.js';

/** Imports and exports are rows with their place in the file, so that any process goes on where another one died. */
export class CreateImportsAndExports1764000000750 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'imports', {
      columns: [
        ...started,
        text('mode', 10),
        text('strategy', 20),
        text('mails', 10),
        json('mapping'),
        text('file_name', 255),
        text('file_key', 64),
        bigInteger('size_bytes'),
        text('sha256', 64),
        nullable(text('content_key', 64)),
        nullable(integer('total_rows')),
        ...['rows_read', 'added', 'replaced', 'unchanged', 'deleted', 'failed'].map((name) => integer(name)),
        bigInteger('position'),
        json('warnings'),
        flag('cancel_requested'),
        ...ended,
      ],
      foreignKeys: startedBy('imports'),
      indices: { ix_imports_organization: ['organization_id', 'id'], ix_imports_sha256: ['sha256'] },
    });
    await createTable(runner, 'import_errors', {
      columns: [
        id(),
        reference('import_id'),
        integer('row_number'),
        nullable(text('column_name', 255)),
        text('code', 100),
        longText('detail'),
        nullable(text('value', 1_000)),
      ],
      foreignKeys: { fk_import_errors_import: { column: 'import_id', references: 'imports', onDelete: 'CASCADE' } },
      indices: { ix_import_errors_row: ['import_id', 'row_number', 'id'] },
    });
    await createTable(runner, 'import_claims', {
      columns: [id(), reference('import_id'), text('key_hash', 64), text('kind', 10), integer('row_number')],
      foreignKeys: { fk_import_claims_import: { column: 'import_id', references: 'imports', onDelete: 'CASCADE' } },
      unique: { uq_import_claims: ['import_id', 'key_hash'] },
    });
    await createTable(runner, 'exports', {
      columns: [
        ...started,
        text('format', 10),
        json('selection'),
        nullable(text('file_key', 64)),
        nullable(json('progress')),
        integer('rows'),
        bigInteger('size_bytes'),
        ...ended,
      ],
      foreignKeys: startedBy('exports'),
      indices: { ix_exports_organization: ['organization_id', 'id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['exports', 'import_claims', 'import_errors', 'imports']) await runner.dropTable(table);
  }
}

const started: PortableColumn[] = [
  id(),
  reference('organization_id'),
  text('entity', 60),
  text('status', 25),
  reference('created_by_id'),
  text('created_by_name', 511),
  nullable(json('application')),
  instant('created_at'),
];

const ended: PortableColumn[] = [
  nullable(json('error')),
  integer('setbacks'),
  nullable(instant('started_at')),
  nullable(instant('finished_at')),
  nullable(instant('expires_at')),
  version(),
];

const startedBy = (table: string) => ({
  [`fk_${table}_organization`]: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' as const },
  [`fk_${table}_created_by`]: { column: 'created_by_id', references: 'users', onDelete: 'RESTRICT' as const },
});
