import type { CustomFieldView } from '../../src/custom-fields/index.js';
import type { Caller } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type CustomFieldBody = Json<CustomFieldView>;

let made = 0;

/** A custom field of customer users, made over HTTP. */
export async function aCustomField(caller: Caller, draft: object = {}): Promise<CustomFieldBody> {
  const given = { entity: 'customer_user', name: `Field ${(made += 1)}`, type: 'string', ...draft };
  return created(await caller.post<CustomFieldBody>('/admin/api/custom-fields', given));
}
