import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';

/** The open unit of work of the current asynchronous call chain. */
export interface TransactionScope {
  readonly manager: EntityManager;
  readonly afterCommit: (() => unknown)[];
  /** By table, the ids of rows that were made in it: nobody else can have read or deleted them. */
  readonly inserted: Map<string, Set<unknown>>;
  /** Closed scopes linger in call chains that outlive their unit of work; they count as none. */
  closed: boolean;
  /** How a joined unit of work failed first: what it left half done must not be committed, even when its error was caught. */
  failure?: { readonly error: unknown };
}

export const transactionScope = new AsyncLocalStorage<TransactionScope>();

export function currentTransaction(): TransactionScope | undefined {
  const scope = transactionScope.getStore();
  return scope?.closed === false ? scope : undefined;
}
