import type { LoginAttemptView } from '../../src/audit/login-attempts.dto.js';
import type { Listed } from '../support/client.js';
import type { Caller } from '../support/product.js';
import type { Json } from './json.js';

/** The tries to get in with an email address, newest first. */
export async function attemptsOf(caller: Caller, username: string): Promise<Json<LoginAttemptView>[]> {
  const path = `/admin/api/login-attempts?filter[username]=${encodeURIComponent(username)}&limit=200`;
  return (await caller.get<Listed<Json<LoginAttemptView>>>(path)).body.items;
}
