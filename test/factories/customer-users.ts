import type { CustomerUserView } from '../../src/customer-users/index.js';
import type { Caller } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type CustomerUserBody = Json<CustomerUserView>;

export const PASSWORD = 'Correct-horse-2';

let made = 0;

/** An email address that nobody else has. */
export const anEmail = (): string => `person-${(made += 1)}@acme.example`;

/** What the least customer user is created from. */
export const aDraft = (draft: object = {}): object => ({ email: anEmail(), firstName: 'Amanda', lastName: 'Cole', ...draft });

/** A customer user who can log in with `PASSWORD`, made over HTTP. */
export async function aCustomerUser(caller: Caller, draft: object = {}): Promise<CustomerUserBody> {
  return created(await caller.post<CustomerUserBody>('/admin/api/customer-users', aDraft({ password: PASSWORD, ...draft })));
}
