import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { FIRST_NAMES, LAST_NAMES, pick, scramble } from '../../src/commands/load/names.js';

const HEADER = [
  ...['ID', 'Name Prefix', 'First Name', 'Middle Name', 'Last Name', 'Name Suffix', 'Birthday', 'Email Address', 'Customer Id'],
  ...['Customer Name', 'Roles 1 Role', 'Guest', 'Enabled', 'Confirmed', 'Owner Id', 'Website Id'],
];

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();

/** A file of new customer users, the same at every run. */
export async function writePeopleFile(path: string, rows: number, customers: readonly { id: number; name: string }[]): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    yield `${HEADER.join(',')}\n`;
    for (let start = 1; start <= rows; start += 1_000) {
      const numbers = Array.from({ length: Math.min(1_000, rows - start + 1) }, (_, i) => start + i);
      yield `${numbers.map((number) => lineOf(number, customers)).join('\n')}\n`;
    }
  }
  await pipeline(lines, createWriteStream(path));
}

function lineOf(number: number, customers: readonly { id: number; name: string }[]): string {
  const [first, last] = [pick(FIRST_NAMES, number, 1), pick(LAST_NAMES, number, 2)];
  const customer = customers[scramble(number, 3) % customers.length];
  const birthday = `${1 + (number % 12)}/${1 + (number % 28)}/${1950 + (number % 50)}`;
  const email = `${plain(first)}.${plain(last)}${number}@example.com`;
  const role = number % 10 === 0 ? 'ROLE_FRONTEND_ADMINISTRATOR' : 'ROLE_FRONTEND_BUYER';
  return `,,${first},,${last},,${birthday},${email},${customer?.id},${customer?.name},${role},0,1,1,,`;
}
