import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  createTable,
  flag,
  id,
  instant,
  integer,
  keyReference,
  nullable,
  reference,
  text,
  version,
} from '../src/platform/database/schema.js';

/** The people who act for customers, their roles, and the links that are mailed to them. */
export class CreateCustomerUsers1764000000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customer_users', {
      columns: [
        id(),
        reference('organization_id'),
        reference('customer_id'),
        nullable(reference('owner_id')),
        reference('website_id'),
        nullable(reference('preferred_localization_id')),
        text('email', 255),
        text('email_lower', 255),
        nullable(text('unique_email', 255)),
        nullable(text('name_prefix', 255)),
        text('first_name', 255),
        nullable(text('middle_name', 255)),
        text('last_name', 255),
        nullable(text('name_suffix', 255)),
        nullable(text('birthday', 10)),
        nullable(text('phone', 16)),
        flag('enabled'),
        flag('confirmed'),
        flag('guest'),
        text('password_status', 10),
        nullable(text('password_hash', 255)),
        integer('credential_epoch'),
        nullable(text('external_id', 255)),
        nullable(instant('last_login_at')),
        integer('login_count'),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_customer_users_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_customer_users_customer: { column: 'customer_id', references: 'customers', onDelete: 'RESTRICT' },
        fk_customer_users_owner: { column: 'owner_id', references: 'users', onDelete: 'RESTRICT' },
        fk_customer_users_website: { column: 'website_id', references: 'websites', onDelete: 'RESTRICT' },
        fk_customer_users_localization: { column: 'preferred_localization_id', references: 'localizations', onDelete: 'RESTRICT' },
      },
      unique: {
        uq_customer_users_email: ['organization_id', 'unique_email'],
        uq_customer_users_external_id: ['organization_id', 'external_id'],
      },
      indices: {
        ix_customer_users_email: ['organization_id', 'email_lower', 'id'],
        ix_customer_users_name: ['organization_id', 'last_name', 'first_name', 'id'],
        ix_customer_users_created_at: ['organization_id', 'created_at', 'id'],
        ix_customer_users_customer: ['customer_id', 'id'],
        ix_customer_users_owner: ['owner_id'],
        ix_customer_users_website: ['website_id'],
      },
    });
    await createTable(runner, 'customer_user_sales_representatives', {
      columns: [keyReference('customer_user_id'), keyReference('user_id')],
      foreignKeys: {
        fk_customer_user_sales_representatives_customer_user: {
          column: 'customer_user_id',
          references: 'customer_users',
          onDelete: 'CASCADE',
        },
        fk_customer_user_sales_representatives_user: { column: 'user_id', references: 'users', onDelete: 'CASCADE' },
      },
      indices: { ix_customer_user_sales_representatives_user: ['user_id'] },
    });
    await createTable(runner, 'customer_user_role_assignments', {
      columns: [keyReference('customer_user_id'), keyReference('role_id')],
      foreignKeys: {
        fk_customer_user_role_assignments_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'CASCADE' },
        fk_customer_user_role_assignments_role: { column: 'role_id', references: 'customer_user_roles', onDelete: 'RESTRICT' },
      },
      indices: { ix_customer_user_role_assignments_role: ['role_id'] },
    });
    await createTable(runner, 'link_tokens', {
      columns: [
        id(),
        reference('customer_user_id'),
        text('purpose', 30),
        text('token_hash', 64),
        instant('expires_at'),
        instant('created_at'),
      ],
      foreignKeys: { fk_link_tokens_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'CASCADE' } },
      unique: { uq_link_tokens_hash: ['token_hash'] },
      indices: { ix_link_tokens_customer_user: ['customer_user_id', 'purpose'], ix_link_tokens_expires_at: ['expires_at'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['link_tokens', 'customer_user_role_assignments', 'customer_user_sales_representatives', 'customer_users'])
      await runner.dropTable(table);
  }
}
