import type { Connection } from 'mysql2/promise';
import { connection } from './server.js';

/** What the import of new customer users leaves behind, and how the rows of some of them are found. */
const TABLES: readonly { table: string; rows: string }[] = [
  { table: 'customer_users', rows: 'id IN (?)' },
  { table: 'customer_user_role_assignments', rows: 'customer_user_id IN (?)' },
  { table: 'customer_user_sales_representatives', rows: 'customer_user_id IN (?)' },
  { table: 'history_entries', rows: "entity = 'customer_user' AND entity_id IN (?)" },
];
const WORDS = 'customer_user_words';

/** People of one transaction. */
const BATCH = 1_000;

const KINDS = ['whole', 'alone', 'plain'] as const;
type Kind = (typeof KINDS)[number];

/** People a second: with every row that belongs to them, in `customer_users` alone, and in that table without its secondary indexes. */
export type BareInserts = Record<Kind, number>;

interface Rows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly unknown[][];
}

/** The limit: the very rows that an import left, once more as multi-row INSERTs through mysql2, into tables of the same definition. */
export async function bareInserts(database: string): Promise<BareInserts> {
  const sql = await connection(database);
  const ids = (await select(sql, 'SELECT id FROM customer_users ORDER BY id')).values.map(([id]) => Number(id));
  const rate = async (kind: Kind) => {
    await makeCopies(sql, kind);
    let seconds = 0;
    for (let start = 0; start < ids.length; start += BATCH) {
      const rows = await rowsOf(sql, ids.slice(start, start + BATCH), kind);
      const begun = performance.now();
      await sql.beginTransaction();
      for (const { table, columns, values } of rows)
        if (values.length > 0) await sql.query('INSERT INTO ?? (??) VALUES ?', [copyOf(table), columns, values]);
      await sql.commit();
      seconds += (performance.now() - begun) / 1_000;
    }
    await dropCopies(sql, kind);
    return ids.length / seconds;
  };
  const rates = { whole: await rate('whole'), alone: await rate('alone'), plain: await rate('plain') };
  await sql.end();
  return rates;
}

const copyOf = (table: string): string => `bare_${table}`;

const tablesOf = (kind: Kind): string[] => (kind === 'whole' ? [...TABLES.map(({ table }) => table), WORDS] : ['customer_users']);

async function makeCopies(sql: Connection, kind: Kind): Promise<void> {
  await dropCopies(sql, kind);
  for (const table of tablesOf(kind)) await sql.query('CREATE TABLE ?? LIKE ??', [copyOf(table), table]);
  if (kind !== 'plain') return;
  const { values } = await select(sql, 'SHOW INDEX FROM customer_users');
  const indices = new Set(values.map(([, , name]) => String(name)).filter((name) => name !== 'PRIMARY'));
  for (const name of indices) await sql.query('ALTER TABLE ?? DROP INDEX ??', [copyOf('customer_users'), name]);
}

async function dropCopies(sql: Connection, kind: Kind): Promise<void> {
  for (const table of tablesOf(kind)) await sql.query('DROP TABLE IF EXISTS ??', [copyOf(table)]);
}

async function rowsOf(sql: Connection, ids: readonly number[], kind: Kind): Promise<Rows[]> {
  const found: Rows[] = [];
  for (const { table, rows } of kind === 'whole' ? TABLES : TABLES.slice(0, 1))
    found.push({ table, ...(await select(sql, `SELECT * FROM ${table} WHERE ${rows}`, [ids])) });
  if (kind !== 'whole') return found;
  // No index finds the words of a person; his row has them too.
  const { values } = await select(sql, 'SELECT id, search_words FROM customer_users WHERE id IN (?)', [ids]);
  const words = values.flatMap(([id, text]) =>
    String(text)
      .split(' ')
      .filter(Boolean)
      .map((word) => [word, id]),
  );
  return [...found, { table: WORDS, columns: ['word', 'customer_user_id'], values: words }];
}

async function select(sql: Connection, statement: string, parameters: unknown[] = []): Promise<Omit<Rows, 'table'>> {
  const [values, fields] = await sql.query({ sql: statement, values: parameters, rowsAsArray: true });
  return { values: values as unknown[][], columns: fields.map(({ name }) => name) };
}
