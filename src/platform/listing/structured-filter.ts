import { InvalidInput } from '../errors/index.js';

/** What a JSON body says of a list: `{ filter: { email: { contains: 'acme' }, enabled: true, id: { in: [1, 2] } }, sort: '-createdAt' }`. */
export interface StructuredFilter {
  readonly filter?: unknown;
  readonly sort?: string;
  readonly q?: string;
}

/** Reads a body by writing it as the query that says the same; faults point into the body. */
export function readStructured<T>({ filter = {}, sort, q }: StructuredFilter, parse: (query: Record<string, string>) => T): T {
  if (!isObject(filter)) throw refusal('/filter', 'must be an object of filters by name');
  const pointers = new Map<string, string>([
    ['sort', '/sort'],
    ['q', '/q'],
  ]);
  const query = new Map<string, string>(Object.entries({ sort, q }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  for (const [name, wanted] of Object.entries(filter)) {
    const pointer = `/filter/${escapePointer(name)}`;
    const terms = isObject(wanted) ? Object.entries(wanted) : [['eq', wanted] as const];
    if (terms.length === 0) throw refusal(pointer, 'must have an operator');
    for (const [operator, operand] of terms) {
      const parameter = `filter[${name}][${operator}]`;
      const place = isObject(wanted) ? `${pointer}/${escapePointer(operator)}` : pointer;
      pointers.set(parameter.slice(0, 100), place);
      query.set(parameter, operator === 'in' && Array.isArray(operand) ? listOf(operand, place) : textOf(operand, place));
    }
  }
  try {
    return parse(Object.fromEntries(query));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(
      error.faults.map((fault) => ({ ...fault, pointer: pointers.get(fault.pointer) ?? fault.pointer })),
      error.code,
    );
  }
}

function listOf(operands: readonly unknown[], pointer: string): string {
  if (operands.length === 0) throw refusal(pointer, 'must have a value');
  const texts = operands.map((operand) => textOf(operand, pointer));
  if (texts.some((text) => text.includes(','))) throw refusal(pointer, 'must have no value with a comma, which parts values');
  return texts.join(',');
}

function textOf(operand: unknown, pointer: string): string {
  if (typeof operand === 'string' || typeof operand === 'number' || typeof operand === 'boolean') return String(operand);
  throw refusal(pointer, 'must be a text, a number, true or false; with the operator in, it may be a list of them');
}

const refusal = (pointer: string, what: string): InvalidInput =>
  new InvalidInput([{ pointer, code: 'listing.invalid_value', detail: `The member ${pointer} ${what}.` }]);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const escapePointer = (name: string): string => name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
