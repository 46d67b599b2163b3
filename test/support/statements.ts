import { DataSource, type Logger } from 'typeorm';
import { CurrentContext } from '../../src/platform/context/index.js';
import type { Product } from './product.js';

/** The in-process queue looks for its jobs in the context of whoever wakes it. */
const OF_JOBS = /^(SELECT|UPDATE)\b.*["`]jobs["`]/;

/** What requests read and write while `act` goes on, without what jobs do; numbers are all the same in it. */
export async function statementsOf(product: Product, act: () => Promise<unknown>): Promise<string[]> {
  const source = product.inside(DataSource);
  const usual = source.logger;
  const statements: string[] = [];
  const nothing = () => undefined;
  const logQuery = (logged: string) => {
    const sql = logged.replace(/^SET STATEMENT \S+ FOR /, '');
    const { traceId, via } = product.inside(CurrentContext).get();
    if (traceId !== 'none' && via !== 'job' && /^(SELECT|INSERT|UPDATE|DELETE)/.test(sql) && !OF_JOBS.test(sql))
      statements.push(sql.replace(/\b\d+\b/g, '?'));
  };
  const listening: Logger = {
    logQuery,
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  };
  source.logger = listening;
  try {
    await act();
  } finally {
    source.logger = usual;
  }
  return statements;
}
