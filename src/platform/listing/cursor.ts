import { createHash } from 'node:crypto';
import type { ListRequest, Position, SortKey } from './request.js';
import { restoreValue } from './values.js';

/** In characters: room for a few text keys of 255 characters each, whatever their alphabet. */
const LONGEST_CURSOR = 8_192;

type Asked = Pick<ListRequest, 'filters' | 'order' | 'parameters' | 'words'>;

/** The order and the filters in short. A cursor is good only for the list it was made for. */
export function signatureOf({ filters, order, parameters, words = [] }: Asked): string {
  const terms = filters.map(({ name, operator, values }) => JSON.stringify([name, operator, values])).sort();
  const keys = order.map(({ name, descending }) => (descending ? `-${name}` : name));
  const own = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([terms, keys, own, words]))
    .digest('base64url')
    .slice(0, 16);
}

export const encodeCursor = (signature: string, position: Position): string =>
  Buffer.from(JSON.stringify([signature, ...position])).toString('base64url');

/** The position a cursor stands for; `undefined` when it is of another list or none at all. Nothing in it is trusted. */
export function decodeCursor(cursor: string, signature: string, order: readonly SortKey[]): Position | undefined {
  if (cursor.length > LONGEST_CURSOR || !/^[\w-]+$/.test(cursor)) return undefined;
  const [signed, ...values] = parseArray(Buffer.from(cursor, 'base64url').toString());
  if (signed !== signature || values.length !== order.length) return undefined;
  const position = order.map((key, i) => (values[i] === null && key.nullable ? null : restoreValue(key.kind, values[i])));
  return position.every((value) => value !== undefined) ? position : undefined;
}

function parseArray(json: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
