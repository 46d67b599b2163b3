import { InvalidInput } from '../errors/index.js';
import { defineListing, type RequestOf } from './listing.js';

const people = defineListing({
  id: 'person.id',
  defaultSort: '-createdAt',
  fields: {
    id: { column: 'person.id', type: 'id', sort: true },
    email: { column: 'person.email', type: 'text', sort: true },
    age: { column: 'person.age', type: 'integer', nullable: true, sort: true },
    companyId: { column: 'person.companyId', type: 'id' },
    enabled: { column: 'person.enabled', type: 'boolean' },
    createdAt: { column: 'person.createdAt', type: 'instant', sort: true },
    birthday: { column: 'person.birthday', type: 'date' },
    status: { column: 'person.status', type: 'enumerated', values: ['active', 'reset'] },
    name: { column: 'person.name', type: 'text', filter: ['eq', 'startsWith'] },
    secret: { column: 'person.secret', type: 'text', filter: false },
  },
  parameters: { q: { type: 'text' }, customerId: { type: 'id' } },
});

const refusalOf = (query: unknown, parse = (given: unknown): unknown => people.parse(given)): InvalidInput => {
  try {
    parse(query);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error(`Nothing was refused of ${JSON.stringify(query).slice(0, 200)}`);
};
const faultsOf = (query: unknown) => refusalOf(query).faults.map(({ pointer, code }) => `${pointer} ${code}`);
const valuesOf = (query: Record<string, string>) => people.parse(query).filters.map(({ values }) => values);

describe('The language of lists', () => {
  it('needs nothing', () => {
    const { filters, order, limit, total, after } = people.parse({});
    expect({ filters, limit, total, after }).toEqual({ filters: [], limit: 25, total: false, after: undefined });
    expect(order.map(({ column, descending }) => [column, descending])).toEqual([
      ['person.createdAt', true],
      ['person.id', true],
    ]);
  });

  it('reads filters, sort, limit, total and what the resource adds', () => {
    const request: RequestOf<typeof people> = people.parse({
      'filter[email][contains]': 'acme',
      'filter[enabled]': 'true',
      sort: '-age,email',
      limit: '200',
      total: 'true',
      customerId: '7',
    });
    expect(request.filters.map(({ name, operator, values }) => [name, operator, values])).toEqual([
      ['email', 'contains', ['acme']],
      ['enabled', 'eq', [true]],
    ]);
    expect(request.order.map(({ name, descending }) => [name, descending])).toEqual([
      ['age', true],
      ['email', false],
      ['id', false],
    ]);
    const customerId: number | undefined = request.parameters.customerId;
    expect([request.limit, request.total, customerId, request.parameters.q]).toEqual([200, true, 7, undefined]);
  });

  it('stops at the id, which leaves no ties', () => {
    expect(people.parse({ sort: '-id,email' }).order.map(({ name, descending }) => [name, descending])).toEqual([['id', true]]);
  });

  it('reads each type of value strictly', () => {
    expect(valuesOf({ 'filter[age][in]': '-3,0,3,3' })).toEqual([[-3, 0, 3]]);
    expect(valuesOf({ 'filter[companyId]': '9007199254740991' })).toEqual([[Number.MAX_SAFE_INTEGER]]);
    expect(valuesOf({ 'filter[createdAt][gte]': '2026-02-28T23:59:59.5-01:30' })).toEqual([[new Date('2026-03-01T01:29:59.500Z')]]);
    expect(valuesOf({ 'filter[birthday][lt]': '2024-02-29' })).toEqual([['2024-02-29']]);
    expect(valuesOf({ 'filter[age][null]': 'false' })).toEqual([[false]]);
    expect(valuesOf({ 'filter[email]': '' })).toEqual([['']]);
  });

  it.each([
    ['age', '1.5', '1e3', '', ' 1', '0x10', '9007199254740992', '99999999999999999999'],
    ['companyId', '0', '-1', '01', '9007199254740992', 'null', '1 OR 1=1'],
    ['enabled', '1', 'TRUE', 'yes', ''],
    ['createdAt', '2026-01-01', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01 00:00:00Z'],
    ['createdAt', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '2026-01-01T00:00:00.1234Z', '0', 'now'],
    ['birthday', '2025-02-29', '1900-02-29', '2026-13-01', '2026-04-31', '2026-1-1', '0000-01-01', '2026-01-01T00:00:00Z'],
    ['status', 'unset', 'Active', '', 'constructor'],
    ['email', 'x'.repeat(256), 'x'.repeat(10_000), 'nul\0', 'half \ud83d'],
  ])('refuses values that are none of their type: %s', (name, ...values) => {
    for (const value of values)
      expect([value, faultsOf({ [`filter[${name}]`]: value })]).toEqual([value, [`filter[${name}] listing.invalid_value`]]);
  });

  it('tells every fault in one answer, each with the name of its parameter', () => {
    expect(
      faultsOf({
        'filter[nothing]': '1',
        'filter[secret]': '1',
        'filter[email][gt]': 'a',
        'filter[name][contains]': 'a',
        'filter[email][like]': 'a',
        'filter[companyId][null]': 'true',
        'filter[age][null]': 'maybe',
        'filter[email][contains]': '',
        'filter[age][in]': Array.from({ length: 101 }, (_, i) => i).join(),
        'filter[enabled]': 'true',
        'filter[enabled][eq]': 'true',
        sort: 'email,-email,name',
        limit: '201',
        total: 'yes',
        customerId: 'x',
        page: '2',
        q: ['a', 'b'],
      }),
    ).toEqual([
      'filter[nothing] listing.unknown_filter',
      'filter[secret] listing.unknown_filter',
      'filter[email][gt] listing.unknown_operator',
      'filter[name][contains] listing.unknown_operator',
      'filter[email][like] listing.unknown_operator',
      'filter[companyId][null] listing.unknown_operator',
      'filter[age][null] listing.invalid_value',
      'filter[email][contains] listing.invalid_value',
      'filter[age][in] listing.invalid_value',
      'filter[enabled][eq] listing.repeated_parameter',
      'sort listing.repeated_sort',
      'sort listing.unknown_sort',
      'limit listing.limit_out_of_range',
      'total listing.invalid_value',
      'customerId listing.invalid_value',
      'page listing.unknown_parameter',
      'q listing.repeated_parameter',
    ]);
  });

  it.each(['0', '-1', '1.0', '1e2', '', '٣', '201', '10000'])('refuses the limit %p', (limit) => {
    expect(faultsOf({ limit })).toEqual(['limit listing.limit_out_of_range']);
  });

  it.each([
    ...[
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '',
      'x'.repeat(10_000),
      'email; DROP TABLE people',
      'person.email',
    ].flatMap((name) => [
      { [`filter[${name}]`]: '1' },
      { [`filter[${name}][eq]`]: '1' },
      { [`filter[email][${name}]`]: '1' },
      { sort: name },
      { sort: `-${name}` },
      { [`_${name}`]: '1' },
    ]),
    { 'filter[email][eq][ne]': 'a' },
    { 'filter[email]eq': 'a' },
    { filter: 'email' },
    { filter: { email: 'a' } },
    { 'filter[email]': { $ne: '' } },
    { 'filter[email]': ['a', 'b'] },
    { limit: [] },
    { cursor: [] },
    { sort: ','.repeat(10_000) },
    { sort: '--email' },
    { total: null },
    JSON.parse('{"__proto__": "1"}') as object,
  ])('refuses hostile input %#', (query) => {
    const { kind, faults, message } = refusalOf(query);
    expect(kind).toBe('invalid');
    expect(faults.length).toBeGreaterThan(0);
    expect(message.length).toBeLessThan(1_000);
  });

  it('demands a parameter that a resource requires', () => {
    const listing = defineListing({ id: 'a.id', fields: {}, parameters: { siteId: { type: 'id', required: true } } });
    const siteId: number = listing.parse({ siteId: '3' }).parameters.siteId;
    expect(siteId).toBe(3);
    expect(refusalOf({}, (query) => listing.parse(query)).faults).toMatchObject([{ pointer: 'siteId', code: 'listing.missing_parameter' }]);
  });

  it('refuses a declaration that contradicts itself', () => {
    expect(() => defineListing({ id: 'a.id', fields: {}, defaultSort: 'name' })).toThrow('sort');
    expect(() => defineListing({ id: 'a.id', fields: { x: { column: 'b.x', type: 'text', sort: true } } })).toThrow(
      'b.x is not of the entity of a.id',
    );
  });
});

describe('A filter in a JSON body', () => {
  it('says what a query says', () => {
    const body = { filter: { email: { contains: 'acme' }, enabled: true, age: { in: [1, 2] } }, sort: '-email' };
    const query = { 'filter[email][contains]': 'acme', 'filter[enabled]': 'true', 'filter[age][in]': '1,2', sort: '-email' };
    expect(people.parseStructured(body)).toEqual(people.parse(query));
    expect(people.parseStructured({})).toEqual(people.parse({}));
  });

  it('has its faults by JSON pointer', () => {
    const filter = { 'a/b': '1', email: { gt: 'a' }, age: 'x', status: { in: ['active', 'gone'] } };
    const { faults } = refusalOf({ filter, sort: 'x' }, (body) => people.parseStructured(body as object));
    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/sort listing.unknown_sort',
      '/filter/a~1b listing.unknown_filter',
      '/filter/email/gt listing.unknown_operator',
      '/filter/age listing.invalid_value',
      '/filter/status/in listing.invalid_value',
    ]);
  });

  it.each([
    { filter: null },
    { filter: 'x' },
    { filter: [] },
    { filter: { email: null } },
    { filter: { email: { eq: {} } } },
    JSON.parse('{"filter":{"__proto__":{"eq":"1"}}}') as object,
  ])('refuses hostile input %#', (body) => {
    expect(refusalOf(body, (given) => people.parseStructured(given as object)).kind).toBe('invalid');
  });
});
