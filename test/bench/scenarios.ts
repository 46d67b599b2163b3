import { scramble } from '../../src/commands/load/names.js';
import { customerUserListing } from '../../src/customer-users/customer-users.listing.js';

/** What a request is made of: `:id` in its path stands for some customer user, `:unique` in its body for a number of its own. */
export interface Scenario {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Record<string, unknown>;
  /** What the issue asks of it. */
  readonly aim?: string;
}

export interface Place {
  /** Customer users in the database, with ids from 1. */
  readonly people: number;
  readonly customerId: number;
  /** A row in the middle of the list by last name. */
  readonly middle: { id: number; lastNameLower: string };
}

const PEOPLE = '/admin/api/customer-users';

export const creating = (customerId: number): Scenario => ({
  name: 'create without a password',
  method: 'POST',
  path: PEOPLE,
  body: { email: 'bench.:unique@acme.example', firstName: 'Bench', lastName: 'Person', customerId },
  aim: 'ratio 0.25, and as fast at a million as when empty',
});

export function reading({ people, middle }: Place): Scenario[] {
  const rare = String(1 + (scramble(people, 99) % people));
  const sorted = { sort: 'lastName', limit: '25' };
  const cursor = customerUserListing.cursorAt(middle, customerUserListing.parse(sorted));
  const list = (name: string, query: Record<string, string>, aim?: string): Scenario => ({
    ...{ name, method: 'GET', path: `${PEOPLE}?${new URLSearchParams(query).toString()}` },
    ...(aim !== undefined && { aim }),
  });
  return [
    { name: 'read by id', method: 'GET', path: `${PEOPLE}/:id`, aim: 'ratio 0.35' },
    list('list: filter, sort and total', { 'filter[customerName][startsWith]': 'acme', sort: '-createdAt', total: 'true' }, 'ratio 0.35'),
    list('list: nearly everybody, total', { 'filter[enabled]': 'true', sort: '-createdAt', total: 'true' }, 'ratio 0.35'),
    list('list: page 1', sorted),
    list(`list: page ${Math.round(people / 50)} by cursor`, { ...sorted, cursor }, 'within 1.5 times of page 1'),
    list('email contains, common part', { 'filter[email][contains]': 'nna.' }, '100 a second at 100 000'),
    list('email contains, rare part', { 'filter[email][contains]': `${rare}@` }, '100 a second at 100 000'),
    list('email contains, no such part', { 'filter[email][contains]': 'qqzzqq' }, '100 a second at 100 000'),
    list('email starts with', { 'filter[email][startsWith]': 'anna.ba' }, '100 a second at 100 000'),
    list('q: one word', { q: 'brenda' }),
    list('q: two words', { q: 'acme bren' }),
    list('q: one letter', { q: 'a' }),
  ];
}
