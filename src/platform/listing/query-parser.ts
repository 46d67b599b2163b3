import { InvalidInput, type MemberFault } from '../errors/index.js';
import { decodeCursor, signatureOf } from './cursor.js';
import { breakTies, type ListingDefinition, sortKeysOf } from './definition.js';
import { type Field, type Kind, type Operator, OPERATORS, operatorsOf, type Parameter, type Value } from './fields.js';
import type { FilterTerm, ListRequest, ParameterValues, Parameters, SortKey } from './request.js';
import { expectationOf, LONGEST_TEXT, parseValue } from './values.js';
import { wordsOf } from './words.js';

export const DEFAULT_LIMIT = 25;
export const MAX_LIMIT = 200;
const MAX_IN = 100;
const MAX_FAULTS = 50;
/** Of `q`; further ones narrow no search that is meant. */
const MOST_WORDS = 10;
const FILTER = /^filter\[([^[\]]*)\](?:\[([^[\]]*)\])?$/;

/** Reads queries of one listing. Every fault of a query is told at once. */
export class QueryParser<P extends Parameters> {
  private readonly fields: ReadonlyMap<string, Field>;
  private readonly parameters: ReadonlyMap<string, Parameter>;
  private readonly sortKeys: ReadonlyMap<string, SortKey>;
  private readonly defaultOrder: readonly SortKey[];

  constructor(private readonly definition: ListingDefinition<P>) {
    this.fields = new Map(Object.entries(definition.fields));
    this.parameters = new Map(Object.entries<Parameter>(definition.parameters ?? {}));
    this.sortKeys = sortKeysOf(definition);
    const faults = new Faults();
    this.defaultOrder = breakTies(definition.defaultSort === undefined ? [] : this.readSort(definition.defaultSort, faults), definition.id);
    faults.refuse();
  }

  /** Takes a flat query as Fastify reads it: `filter[email][contains]` is the name of one parameter. */
  parse(query: unknown): ListRequest<P> {
    const faults = new Faults();
    const filters = new Map<string, FilterTerm>();
    const own = new Map<string, Value>();
    const asked: { order?: readonly SortKey[]; limit?: number; total?: boolean; cursor?: string; words?: readonly string[] } = {};
    for (const [name, text] of Object.entries(typeof query === 'object' && query !== null ? query : {}) as [string, unknown][]) {
      if (typeof text !== 'string') {
        faults.add(name, 'repeated_parameter', 'is given more than once');
        continue;
      }
      const filter = FILTER.exec(name);
      const parameter = this.parameters.get(name);
      if (filter) this.readFilter(name, filter[1] ?? '', filter[2] ?? 'eq', text, filters, faults);
      else if (parameter) own.set(name, this.readValue(name, parameter, text, faults));
      else if (name === 'sort') asked.order = breakTies(this.readSort(text, faults), this.definition.id);
      else if (name === 'limit') asked.limit = readLimit(text, faults);
      else if (name === 'total') asked.total = this.readValue(name, { type: 'boolean' }, text, faults) === true;
      else if (name === 'cursor') asked.cursor = text;
      else if (name === 'q' && this.definition.search) asked.words = readWords(text, faults);
      else faults.add(name, 'unknown_parameter', 'is not a parameter of this list');
    }
    for (const [name, { required }] of this.parameters) {
      if (required && !own.has(name) && !faults.has(name)) faults.add(name, 'missing_parameter', 'is required');
    }
    faults.refuse();
    const { cursor, order = this.defaultOrder, limit = DEFAULT_LIMIT, total = false, words } = asked;
    const parameters = Object.fromEntries(own) as ParameterValues<P>;
    const request = { filters: [...filters.values()], order, limit, total, parameters, ...(words && { words }) };
    return cursor === undefined ? request : { ...request, after: readCursor(cursor, request) };
  }

  private readFilter(
    pointer: string,
    name: string,
    operator: string,
    text: string,
    filters: Map<string, FilterTerm>,
    faults: Faults,
  ): void {
    const field = this.fields.get(name);
    const operators = field ? operatorsOf(field) : [];
    if (!field || operators.length === 0) return faults.add(pointer, 'unknown_filter', 'is not a filter of this list');
    if (!isOneOf(operators, operator)) {
      const known = isOneOf(OPERATORS, operator) ? 'is not for this filter' : 'has an unknown operator';
      return faults.add(pointer, 'unknown_operator', `${known}; use one of ${operators.join(', ')}`);
    }
    const key = `${name} ${operator}`;
    if (filters.has(key)) return faults.add(pointer, 'repeated_parameter', 'is given more than once');
    filters.set(key, { name, field, operator, values: this.readOperand(pointer, field, operator, text, faults) });
  }

  private readOperand(pointer: string, field: Field, operator: Operator, text: string, faults: Faults): readonly Value[] {
    if (operator === 'null') return [this.readValue(pointer, { type: 'boolean' }, text, faults)];
    if (operator === 'in') {
      const texts = text.split(',', MAX_IN + 1);
      if (texts.length <= MAX_IN) return [...new Set(texts.map((item) => this.readValue(pointer, field, item, faults)))];
      faults.add(pointer, 'invalid_value', `must have at most ${MAX_IN} values`);
      return [];
    }
    if (text === '' && (operator === 'contains' || operator === 'startsWith')) faults.add(pointer, 'invalid_value', 'must not be empty');
    return [this.readValue(pointer, field, text, faults)];
  }

  private readValue(pointer: string, kind: Kind, text: string, faults: Faults): Value {
    const value = parseValue(kind, text);
    if (value === undefined) faults.add(pointer, 'invalid_value', `must be ${expectationOf(kind)}`);
    return value ?? '';
  }

  private readSort(text: string, faults: Faults): SortKey[] {
    const chosen = new Map<string, SortKey>();
    for (const item of text.split(',', this.sortKeys.size + 1)) {
      const descending = item.startsWith('-');
      const name = descending ? item.slice(1) : item;
      const key = this.sortKeys.get(name);
      if (!key)
        faults.add(
          'sort',
          'unknown_sort',
          `must be made of ${[...this.sortKeys.keys()].join(', ') || 'nothing: this list has no sort keys'}`,
        );
      else if (chosen.has(name)) faults.add('sort', 'repeated_sort', `has ${name} more than once`);
      else chosen.set(name, { ...key, descending });
    }
    return [...chosen.values()];
  }
}

/** What is wrong with a query so far; one fault of a kind for each parameter. */
class Faults {
  private readonly faults = new Map<string, MemberFault>();

  add(name: string, code: string, what: string): void {
    if (this.faults.size === MAX_FAULTS) return;
    const pointer = name.slice(0, 100);
    this.faults.set(`${pointer} ${code}`, { pointer, code: `listing.${code}`, detail: `The parameter ${pointer} ${what}.` });
  }

  has(pointer: string): boolean {
    return [...this.faults.values()].some((fault) => fault.pointer === pointer);
  }

  refuse(): void {
    if (this.faults.size > 0) throw new InvalidInput([...this.faults.values()]);
  }
}

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T => (values as readonly string[]).includes(value);

function readLimit(text: string, faults: Faults): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) faults.add('limit', 'limit_out_of_range', `must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit;
}

function readWords(text: string, faults: Faults): readonly string[] {
  const words = text.length <= LONGEST_TEXT ? wordsOf(text) : [];
  if (words.length === 0)
    faults.add('q', 'invalid_value', `must be a text of at most ${LONGEST_TEXT} characters, with a letter or a digit`);
  return words.slice(0, MOST_WORDS);
}

function readCursor(cursor: string, request: ListRequest) {
  const position = decodeCursor(cursor, signatureOf(request), request.order);
  if (position) return position;
  const detail = 'The cursor is none of this list with this sort and these filters; start again without it.';
  throw new InvalidInput([{ pointer: 'cursor', code: 'listing.cursor_invalid', detail }], 'listing.cursor_invalid', detail);
}
