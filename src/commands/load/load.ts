import type { DataSource } from 'typeorm';
import { PackedEmails } from '../../customer-users/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { withoutIndices } from './indices.js';
import { loadPeople } from './people.js';
import { loadSurroundings } from './surroundings.js';

/** Of every loaded person who has a password. */
export const LOAD_PASSWORD = 'Load-person-1';

export interface Load {
  customerUsers: number;
  /** Of `LOAD_PASSWORD`. */
  passwordHash: string;
  tell: (line: string) => void;
}

/** Loads customer users, and all that they refer to, past the rules and the history of the product: as much as wanted, in minutes. */
export async function load(dataSource: DataSource, { customerUsers, passwordHash, tell }: Load): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const onSqlite = dataSource.options.type === 'better-sqlite3';
  try {
    // What is loaded refers to what was loaded before it; the checks would take half of the time.
    await runner.query(onSqlite ? 'PRAGMA foreign_keys = OFF' : 'SET SESSION foreign_key_checks = 0, unique_checks = 0');
    await runner.startTransaction();
    const surroundings = await loadSurroundings(dataSource, runner, customerUsers);
    tell(`${surroundings.customers.length} customers`);
    await runner.commitTransaction();
    await withoutIndices(dataSource, runner, 'customer_users', customerUsers, async () => {
      await runner.startTransaction();
      await loadPeople(dataSource, runner, customerUsers, { passwordHash, surroundings, tell });
      await runner.commitTransaction();
    });
    tell('Email addresses, packed');
    await new PackedEmails(new UnitOfWork(dataSource), dataSource).run();
    tell('Statistics for the optimizer');
    const tables = [
      'customers',
      'customer_users',
      'customer_user_words',
      'customer_user_email_blocks',
      'customer_user_role_assignments',
      'customer_user_sales_representatives',
    ];
    await runner.query(onSqlite ? 'ANALYZE' : `ANALYZE TABLE ${tables.join(', ')}`);
  } finally {
    await runner.query(onSqlite ? 'PRAGMA foreign_keys = ON' : 'SET SESSION foreign_key_checks = 1, unique_checks = 1');
    await runner.release();
  }
}
