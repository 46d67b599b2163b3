import { type MigrationInterface, type QueryRunner, TableColumn, TableForeignKey, TableIndex } from 'typeorm';
import {
  columnFor,
  createTable,
  keyReference,
  keyText,
  nullable,
  type PortableColumn,
  reference,
  text,
} from '../src/platform/database/schema.js';

const TABLE = 'customer_users';
const BATCH = 1_000;

/** Filled before they are made NOT NULL. */
const KEYS = [text('first_name_lower', 255), text('last_name_lower', 255), text('customer_name_lower', 255), text('search_words', 2_000)];
const MORE = [text('external_id_lower', 255), reference('role_id'), reference('sales_representative_id')].map(nullable);

/** The organization comes last: it lets the index alone answer what a caller of one organization counts. */
const indexOn = (...columns: string[]) => [...columns, 'id', 'organization_id'];

const OLD: Record<string, string[]> = {
  ix_customer_users_email: ['organization_id', 'email_lower', 'id'],
  ix_customer_users_name: ['organization_id', 'last_name', 'first_name', 'id'],
  ix_customer_users_created_at: ['organization_id', 'created_at', 'id'],
  ix_customer_users_owner: ['owner_id'],
  ix_customer_users_website: ['website_id'],
};

const NEW: Record<string, string[]> = {
  ix_customer_users_email_lower: indexOn('email_lower'),
  ix_customer_users_first_name: indexOn('first_name_lower'),
  ix_customer_users_last_name: indexOn('last_name_lower'),
  ix_customer_users_customer_name: indexOn('customer_name_lower'),
  ix_customer_users_external_id: indexOn('external_id_lower'),
  ix_customer_users_enabled: indexOn('enabled'),
  ix_customer_users_confirmed: indexOn('confirmed'),
  ix_customer_users_guest: indexOn('guest'),
  ix_customer_users_password_status: indexOn('password_status'),
  ix_customer_users_role: indexOn('role_id'),
  ix_customer_users_sales_representative: indexOn('sales_representative_id'),
  ix_customer_users_owner_id: indexOn('owner_id'),
  ix_customer_users_website_id: indexOn('website_id'),
  ix_customer_users_last_login_at: indexOn('last_login_at'),
  ix_customer_users_created: indexOn('created_at'),
  ix_customer_users_updated: indexOn('updated_at'),
};

const REFERENCES = {
  fk_customer_users_role: ['role_id', 'customer_user_roles'],
  fk_customer_users_sales_representative: ['sales_representative_id', 'users'],
} as const;

/** An index for each key that lists of customer users are filtered and sorted by, and one of their words for searches. */
export class IndexCustomerUserLists1764100000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = (kinds: readonly PortableColumn[]) => kinds.map((kind) => new TableColumn(columnFor(runner, kind)));
    await createTable(runner, 'customer_user_words', { columns: [keyText('word', 40), keyReference('customer_user_id')] });
    await runner.addColumns(TABLE, columns([...KEYS.map(nullable), ...MORE]));
    await fill(runner);
    const [given, kept] = [columns(KEYS.map(nullable)), columns(KEYS)];
    await runner.changeColumns(
      TABLE,
      given.flatMap((oldColumn, i) => (kept[i] ? [{ oldColumn, newColumn: kept[i] }] : [])),
    );
    await runner.createIndices(TABLE, indices(NEW));
    await runner.createForeignKeys(
      TABLE,
      Object.entries(REFERENCES).map(([name, [column, table]]) => foreignKey(name, column, table)),
    );
    await runner.dropIndices(TABLE, indices(OLD));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndices(TABLE, indices(OLD));
    for (const name of Object.keys(REFERENCES)) await runner.dropForeignKey(TABLE, name);
    await runner.dropIndices(TABLE, indices(NEW));
    await runner.dropColumns(
      TABLE,
      [...KEYS, ...MORE].map(({ name }) => name),
    );
    await runner.dropTable('customer_user_words');
  }
}

const indices = (named: Record<string, string[]>) =>
  Object.entries(named).map(([name, columnNames]) => new TableIndex({ name, columnNames }));

const foreignKey = (name: string, column: string, table: string) =>
  new TableForeignKey({
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete: 'SET NULL',
    onUpdate: 'NO ACTION',
  });

interface Row extends Record<'email' | 'first_name' | 'last_name' | 'customer_name', string> {
  id: number;
  middle_name: string | null;
  external_id: string | null;
}

async function fill(runner: QueryRunner): Promise<void> {
  const first = (column: string, table: string) => `(SELECT MIN(l.${column}) FROM ${table} l WHERE l.customer_user_id = ${TABLE}.id)`;
  await runner.query(
    `UPDATE ${TABLE} SET role_id = ${first('role_id', 'customer_user_role_assignments')}, ` +
      `sales_representative_id = ${first('user_id', 'customer_user_sales_representatives')}`,
  );
  for (let after = 0; ;) {
    const rows = (await runner.query(
      `SELECT p.id, p.email, p.first_name, p.middle_name, p.last_name, p.external_id, c.name AS customer_name ` +
        `FROM ${TABLE} p JOIN customers c ON c.id = p.customer_id WHERE p.id > ? ORDER BY p.id LIMIT ${BATCH}`,
      [after],
    )) as Row[];
    for (const row of rows) await fillRow(runner, row);
    const last = rows.at(-1);
    if (!last) return;
    after = Number(last.id);
  }
}

async function fillRow(runner: QueryRunner, row: Row): Promise<void> {
  const lower = (value: string) => value.toLowerCase().slice(0, 255);
  const words = wordsOf(row.first_name, row.middle_name, row.last_name, row.email, row.customer_name);
  await runner.query(
    `UPDATE ${TABLE} SET first_name_lower = ?, last_name_lower = ?, customer_name_lower = ?, external_id_lower = ?, search_words = ? WHERE id = ?`,
    [
      lower(row.first_name),
      lower(row.last_name),
      lower(row.customer_name),
      row.external_id === null ? null : lower(row.external_id),
      ` ${words.join(' ')} `,
      row.id,
    ],
  );
  if (words.length === 0) return;
  const values = words.flatMap((word) => [word, row.id]);
  await runner.query(`INSERT INTO customer_user_words (word, customer_user_id) VALUES ${words.map(() => '(?, ?)').join(', ')}`, values);
}

/** As the application makes them at this time. */
function wordsOf(...texts: (string | null)[]): string[] {
  const folded = texts.join(' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = folded.split(/[^\p{L}\p{N}]+/u).map((word) => [...word].slice(0, 40).join(''));
  return [...new Set(words.filter((word) => word !== ''))].slice(0, 40);
}
