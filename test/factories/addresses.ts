import type { AddressView } from '../../src/customers/index.js';
import type { Caller } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type AddressBody = Json<AddressView>;

/** What the least address is created from. */
export const anAddressDraft = (draft: object = {}): object => ({
  company: 'Acme Industrial',
  street: '1215 Caldwell Road',
  city: 'Rochester',
  postalCode: '14608',
  countryCode: 'US',
  regionCode: 'US-NY',
  ...draft,
});

/** An address in the book at `book`, such as `/admin/api/customers/1/addresses`, made over HTTP. */
export async function anAddress(caller: Caller, book: string, draft: object = {}): Promise<AddressBody> {
  return created(await caller.post<AddressBody>(book, anAddressDraft(draft)));
}
