import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import {
  bigInteger,
  columnFor,
  createTable,
  id,
  instant,
  longText,
  nullable,
  reference,
  text,
  version,
} from '../src/platform/database/schema.js';

const INDEX = { name: 'ix_notes_attachment', columnNames: ['attachment_id'] };

/** Files that belong to customer users, alone or with a note. */
export class CreateAttachments1764100001960 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'attachments', {
      columns: [
        id(),
        reference('organization_id'),
        reference('customer_user_id'),
        nullable(reference('owner_id')),
        text('file_key', 36),
        text('file_name', 255),
        text('media_type', 127),
        bigInteger('size_bytes'),
        text('sha_256', 64),
        nullable(longText('comment')),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_attachments_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_attachments_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'RESTRICT' },
        fk_attachments_owner: { column: 'owner_id', references: 'users', onDelete: 'SET NULL' },
      },
      unique: { uq_attachments_file_key: ['file_key'] },
      indices: {
        ix_attachments_organization: ['organization_id', 'id'],
        ix_attachments_created_at: ['customer_user_id', 'created_at', 'id'],
        ix_attachments_updated_at: ['customer_user_id', 'updated_at', 'id'],
        ix_attachments_owner: ['owner_id', 'id'],
      },
    });
    await runner.addColumn('notes', new TableColumn(columnFor(runner, nullable(reference('attachment_id')))));
    await runner.createIndex('notes', new TableIndex(INDEX));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('notes', INDEX.name);
    await runner.dropColumn('notes', 'attachment_id');
    await runner.dropTable('attachments');
  }
}
