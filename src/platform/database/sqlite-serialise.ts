import type { DataSource, QueryRunner } from 'typeorm';
import { currentTransaction } from './transaction-scope.js';

type SqliteRunner = QueryRunner & { transactionDepth: number; stmtCache: unknown };
type SqliteDriver = {
  queryRunner: QueryRunner | undefined;
  createQueryRunner(mode: 'master' | 'slave'): QueryRunner;
};

/**
 * TypeORM's SQLite driver hands one QueryRunner, with one transaction depth, to all callers: two concurrent transactions
 * nest into each other, and what one request "committed" is lost when the other rolls back. This gives each caller a
 * runner of his own over the one connection, and lets one transaction, or one statement outside of any, run at a time.
 */
export function serialiseSqlite(dataSource: DataSource): void {
  const driver = dataSource.driver as unknown as SqliteDriver;
  const Base = driver.createQueryRunner('master').constructor as new (driver: unknown) => SqliteRunner;
  driver.queryRunner = undefined;
  const statements = new Map();
  const turns = new Turns();

  class SerialRunner extends Base {
    private giveBack?: () => void;

    constructor() {
      super(driver);
      this.stmtCache = statements;
    }

    // TypeORM overloads `query` by a literal flag; the signature here serves both forms.
    override async query<T>(sql: string, given?: unknown[], structured?: boolean): Promise<T> {
      // libsql takes a lone NULL for an object of named parameters; in an array of its own it is what it is.
      const parameters = given?.length === 1 && given[0] === null ? [[null]] : given;
      if (this.giveBack) return super.query(sql, parameters as never, structured as true) as Promise<T>;
      if (currentTransaction()) throw new Error(`A query outside of the open unit of work would wait for it for ever: ${sql.slice(0, 80)}`);
      const giveBack = await turns.take();
      try {
        return (await super.query(sql, parameters as never, structured as true)) as T;
      } finally {
        giveBack();
      }
    }

    override async startTransaction(): Promise<void> {
      if (this.giveBack) return super.startTransaction();
      this.giveBack = await turns.take();
      try {
        await super.startTransaction();
      } catch (error) {
        this.end();
        throw error;
      }
    }

    override async commitTransaction(): Promise<void> {
      await super.commitTransaction();
      if (this.transactionDepth === 0) this.end();
    }

    override async rollbackTransaction(): Promise<void> {
      try {
        await super.rollbackTransaction();
      } finally {
        if (this.transactionDepth === 0) this.end();
      }
    }

    override async release(): Promise<void> {
      if (this.giveBack && this.transactionDepth > 0) await super.rollbackTransaction().catch(() => undefined);
      this.end();
      return super.release();
    }

    private end(): void {
      const giveBack = this.giveBack;
      this.giveBack = undefined;
      giveBack?.();
    }
  }

  driver.createQueryRunner = () => new SerialRunner();
}

/** First come, first served: `take` waits for the turns before it and answers what gives the turn back. */
class Turns {
  private last: Promise<void> = Promise.resolve();

  async take(): Promise<() => void> {
    const before = this.last;
    let giveBack: () => void = () => undefined;
    this.last = new Promise((resolve) => (giveBack = resolve));
    await before;
    return giveBack;
  }
}
