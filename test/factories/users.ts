import type { UserView } from '../../src/users/index.js';
import type { Caller, Product } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type UserBody = Json<UserView>;

export const USER_PASSWORD = 'Correct-horse-4';

let made = 0;

export const aUserEmail = (): string => `user-${(made += 1)}@merchant.example`;

export const aUserDraft = (draft: object = {}): object => ({ email: aUserEmail(), firstName: 'Sam', lastName: 'Miller', ...draft });

/** A console user who can log in with `USER_PASSWORD`, made over HTTP. */
export async function aUser(caller: Caller, draft: object = {}): Promise<UserBody> {
  return created(await caller.post<UserBody>('/admin/api/users', aUserDraft({ password: USER_PASSWORD, ...draft })));
}

/** The same, logged in. */
export async function aUserCaller(product: Product, draft: object = {}): Promise<Caller & { user: UserBody }> {
  const user = await aUser(product.admin, draft);
  const { accessToken } = await product.logInAdmin({ email: user.email, password: USER_PASSWORD });
  return Object.assign(product.as(accessToken), { user });
}
