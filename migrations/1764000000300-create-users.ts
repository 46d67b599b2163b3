import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  createTable,
  flag,
  id,
  instant,
  integer,
  json,
  keyReference,
  nullable,
  reference,
  text,
  version,
} from '../src/platform/database/schema.js';

/** The people who work at the merchant, and their roles. */
export class CreateUsers1764000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const stamps = [instant('created_at'), instant('updated_at'), version()];
    await createTable(runner, 'user_roles', {
      columns: [id(), text('label', 255), flag('everything'), json('matrix'), ...stamps],
      unique: { uq_user_roles_label: ['label'] },
    });
    await createTable(runner, 'users', {
      columns: [
        id(),
        reference('organization_id'),
        text('email', 255),
        text('email_key', 255),
        text('first_name', 255),
        text('last_name', 255),
        flag('enabled'),
        flag('global_access'),
        nullable(text('password_hash', 255)),
        nullable(instant('last_login_at')),
        integer('login_count'),
        ...stamps,
      ],
      foreignKeys: { fk_users_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' } },
      unique: { uq_users_email_key: ['email_key'] },
      indices: { ix_users_organization: ['organization_id', 'last_name'] },
    });
    await createTable(runner, 'user_role_assignments', {
      columns: [keyReference('user_id'), keyReference('role_id')],
      foreignKeys: {
        fk_user_role_assignments_user: { column: 'user_id', references: 'users', onDelete: 'CASCADE' },
        fk_user_role_assignments_role: { column: 'role_id', references: 'user_roles', onDelete: 'RESTRICT' },
      },
      indices: { ix_user_role_assignments_role: ['role_id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['user_role_assignments', 'users', 'user_roles']) await runner.dropTable(table);
  }
}
