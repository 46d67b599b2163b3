import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { CustomerUsersController } from '../../src/customer-users/customer-users.controller.js';
import { AccessGuard } from '../../src/platform/authorization/index.js';
import { configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { CurrentContext } from '../../src/platform/context/index.js';
import { prepare } from '../../src/start.js';

export interface GuardOrder {
  readonly environment: Record<string, string>;
  /** False: everybody is let in unasked. */
  readonly guarded: boolean;
}

export interface CheckOrder {
  readonly token: string;
  readonly seconds: number;
  /** Checks under way at a time. */
  readonly together: number;
}

/** The product in this process, to be asked over HTTP, or for checks of a token and a permission alone. */
process.once('disconnect', () => process.exit());

process.once('message', ({ environment, guarded }: GuardOrder) => {
  void serve(environment, guarded);
});

async function serve(environment: Record<string, string>, guarded: boolean): Promise<void> {
  const app = await prepare(configurationOf(readEnvironment(environment)), environment['REDIS_URL'] === undefined ? 'all' : 'http');
  const guard = app.get(AccessGuard);
  if (!guarded) guard.canActivate = () => Promise.resolve(true);
  await app.listen(0, '127.0.0.1');
  const context = app.get(CurrentContext);
  process.on('message', (order: CheckOrder) => void check(guard, context, order).then((answer) => process.send?.(answer)));
  process.send?.({ address: await app.getUrl() });
}

/** Checks that a console user may see customer users, as often as they can be made. */
async function check(
  guard: AccessGuard,
  context: CurrentContext,
  { token, seconds, together }: CheckOrder,
): Promise<{ perSecond: number }> {
  const handler: unknown = Object.getOwnPropertyDescriptor(CustomerUsersController.prototype, 'list')?.value;
  const execution = () => {
    const request = { headers: { authorization: `Bearer ${token}` } };
    const http = { getRequest: () => request, getResponse: () => ({}) };
    return { switchToHttp: () => http, getHandler: () => handler, getClass: () => CustomerUsersController } as unknown as ExecutionContext;
  };
  const begun = performance.now();
  let made = 0;
  const worker = async () => {
    while (performance.now() < begun + seconds * 1_000) {
      await context.run({ traceId: 'bench', via: 'api' }, () => guard.canActivate(execution()));
      made += 1;
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  return { perSecond: (made / (performance.now() - begun)) * 1_000 };
}
