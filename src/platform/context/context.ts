import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/index.js';
import type { Principal } from './principal.js';

/** What surrounds a request or a job, reachable without being handed down through every call. */
export interface Context {
  readonly traceId: string;
  readonly ip?: string;
  readonly userAgent?: string;
  /** The version that the caller's `If-Match` demands. */
  readonly ifMatch?: string;
  principal?: Principal;
  /** How a change came about, for the history: `api`, `import`, `registration`... */
  readonly via: string;
}

const storage = new AsyncLocalStorage<Context>();

@Injectable()
export class CurrentContext {
  /** The surrounding context; outside of any, an empty one. */
  get(): Context {
    return storage.getStore() ?? { traceId: 'none', via: 'system' };
  }

  run<T>(context: Context, work: () => T): T {
    return storage.run(context, work);
  }

  /** Runs `work` as somebody else, such as an import as the person who started it. */
  runAs<T>(principal: Principal, via: string, work: () => T): T {
    return storage.run({ ...this.get(), ifMatch: undefined, principal, via }, work);
  }

  /** Who acts. Throws `unauthenticated` when nobody does. */
  principal(): Principal {
    const { principal } = this.get();
    if (!principal) throw new DomainError('unauthenticated', 'auth.required', 'This needs somebody who is logged in.');
    return principal;
  }

  findPrincipal(): Principal | undefined {
    return this.get().principal;
  }

  /** Refuses a change of a resource whose version is not the one that the caller's `If-Match` names. */
  refuseStale(version: number): void {
    const { ifMatch } = this.get();
    if (ifMatch === undefined || ifMatch === '*') return;
    const accepted = ifMatch.split(',').map((tag) => tag.trim());
    if (accepted.includes(`"${version}"`)) return;
    throw new DomainError('stale', 'precondition.stale', `The resource has changed: its version is ${version}, If-Match names ${ifMatch}.`);
  }
}
