import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';
import { isTransient } from './database-errors.js';
import { currentTransaction, type TransactionScope, transactionScope } from './transaction-scope.js';

const MAX_TRIES = 8;

/** Milliseconds, doubled with each try, within which work that lost a deadlock begins again: at once, both would meet again. */
const PAUSE = 4;

/**
 * One business act, one transaction. Repositories ask `manager` or `repository` and so take part in the act that runs, without
 * being handed anything; outside of one, each of their statements stands alone.
 */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(private readonly dataSource: DataSource) {}

  get manager(): EntityManager {
    return currentTransaction()?.manager ?? this.dataSource.manager;
  }

  get isOpen(): boolean {
    return currentTransaction() !== undefined;
  }

  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.manager.getRepository(entity);
  }

  /** The lock for rows that are read in order to be changed: `{ lock: work.forUpdate }`. SQLite runs one act at a time and needs none. */
  get forUpdate(): { mode: 'pessimistic_write' } | undefined {
    return this.isOpen && !this.oneAtATime ? { mode: 'pessimistic_write' } : undefined;
  }

  /** SQLite has one connection: what is done beside an open unit of work waits for it. */
  get oneAtATime(): boolean {
    return this.dataSource.options.type === 'better-sqlite3';
  }

  /**
   * Runs `work` in a transaction; called inside another unit of work it joins that one. Work that loses a deadlock is run again, also
   * when it caught the error of a part that lost it, so it must have no effect outside the database: such effects go to {@link afterCommit}.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const outer = currentTransaction();
    if (outer) return this.join(outer, work);
    for (let tries = 1; ; tries++) {
      try {
        const { result, effects } = await this.attempt(work);
        // After the connection is given back: effects may want one, and the pool would run out with everybody holding his.
        await transactionScope.exit(() => this.follow(effects));
        return result;
      } catch (error) {
        if (tries === MAX_TRIES || !isTransient(error)) throw error;
        await setTimeout(Math.random() * PAUSE * 2 ** tries);
      }
    }
  }

  /**
   * Does `work` and takes back all that it wrote: for an act that must cost the same whether it takes place or not. Part of an open unit
   * of work, which goes on.
   */
  async rehearse(work: () => Promise<unknown>): Promise<void> {
    const outer = currentTransaction();
    const runner = outer?.manager.queryRunner;
    if (!outer || !runner) throw new Error('Nothing can be rehearsed outside of a unit of work.');
    const scope: TransactionScope = { manager: outer.manager, afterCommit: [], inserted: new Map(), closed: false };
    await runner.query('SAVEPOINT rehearsal');
    await transactionScope.run(scope, work);
    scope.closed = true;
    await runner.query('ROLLBACK TO SAVEPOINT rehearsal');
  }

  /** Runs `effect` once what is being done is committed; at once when no unit of work is open. A failing effect fails nothing. */
  async afterCommit(effect: () => unknown): Promise<void> {
    const scope = currentTransaction();
    if (scope) scope.afterCommit.push(effect);
    else await effect();
  }

  private async join<T>(outer: TransactionScope, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      outer.failure ??= { error };
      throw error;
    }
  }

  private async attempt<T>(work: () => Promise<T>): Promise<{ result: T; effects: readonly (() => unknown)[] }> {
    const runner = this.dataSource.createQueryRunner();
    const scope: TransactionScope = { manager: runner.manager, afterCommit: [], inserted: new Map(), closed: false };
    try {
      await this.begin(() => runner.startTransaction(this.oneAtATime ? undefined : 'READ COMMITTED'));
      const result = await transactionScope.run(scope, work);
      if (scope.failure)
        throw new Error('A part of this unit of work failed; its error was caught, but what it left half done cannot be committed.', {
          cause: scope.failure.error,
        });
      await runner.commitTransaction();
      return { result, effects: scope.afterCommit };
    } catch (error) {
      scope.closed = true;
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw isTransient(scope.failure?.error) ? scope.failure?.error : error;
    } finally {
      scope.closed = true;
      await runner.release();
    }
  }

  private async follow(effects: readonly (() => unknown)[]): Promise<void> {
    for (const effect of effects) {
      try {
        await effect();
      } catch (error) {
        this.logger.error(error, 'What should follow a commit failed; the commit stands');
      }
    }
  }

  private begin(start: () => Promise<void>): Promise<void> {
    // A lingering scope of an ended unit of work must not look like an open one to the new runner.
    return transactionScope.exit(start);
  }
}
