import type { CustomerView } from '../../src/customers/index.js';
import type { Caller } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type CustomerBody = Json<CustomerView>;

/** A company, made over HTTP. */
export async function aCustomer(caller: Caller, draft: object = {}): Promise<CustomerBody> {
  return created(await caller.post<CustomerBody>('/admin/api/customers', { name: 'Acme Industrial', ...draft }));
}
