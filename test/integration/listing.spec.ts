import { randomUUID } from 'node:crypto';
import type { DataSource, DataSourceOptions, SelectQueryBuilder } from 'typeorm';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { InvalidInput } from '../../src/platform/errors/index.js';
import { defineListing } from '../../src/platform/listing/index.js';
import { PEOPLE, Person, PersonRole, ROLES, rolesOf, somePeople, sorted, start } from '../factories/people-to-list.js';

const people = defineListing({
  id: 'person.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'person.id', type: 'id', sort: true },
    name: { column: 'person.name', type: 'text', sort: true },
    email: { column: 'person.emailLower', type: 'text', lowercase: true, sort: true },
    age: { column: 'person.age', type: 'integer', nullable: true, sort: true },
    enabled: { column: 'person.enabled', type: 'boolean', sort: true },
    createdAt: { column: 'person.createdAt', type: 'instant', sort: true },
    lastLoginAt: { column: 'person.lastLoginAt', type: 'instant', nullable: true, sort: true },
    birthday: { column: 'person.birthday', type: 'date', nullable: true, sort: true },
    parentId: { column: 'person.parentId', type: 'id', nullable: true },
    roleId: {
      type: 'id',
      exists: (query, matches) =>
        query
          .subQuery()
          .select('1')
          .from(PersonRole, 'link')
          .where('link.personId = person.id')
          .andWhere(matches('link.roleId'))
          .getQuery(),
    },
  },
});

/** A throw-away database: a SQLite in memory, or one of its own name on the server of TEST_DATABASE_URL. */
async function scratch(): Promise<{ dataSource: DataSource; drop: () => Promise<void> }> {
  const entities = { entities: [Person, PersonRole], synchronize: true, migrations: [] };
  const url = process.env['TEST_DATABASE_URL'];
  const open = (options: DataSourceOptions) => openDataSource({ ...options, ...entities });
  if (!url) {
    const dataSource = await open(dataSourceOptions({ kind: 'sqlite', location: ':memory:' }));
    return { dataSource, drop: () => dataSource.destroy() };
  }
  const kind = url.startsWith('mariadb:') ? 'mariadb' : 'mysql';
  const name = `listing_${randomUUID().replaceAll('-', '')}`;
  const at = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  const server = await openDataSource({ ...dataSourceOptions({ kind, location: at('') }), migrations: [] });
  await server.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const dataSource = await open(dataSourceOptions({ kind, location: at(name) }));
  const drop = async () => {
    await dataSource.destroy();
    await server.query(`DROP DATABASE ${name}`);
    await server.destroy();
  };
  return { dataSource, drop };
}

describe('Lists in the database', () => {
  let database: Awaited<ReturnType<typeof scratch>>;
  const everyone = (): SelectQueryBuilder<Person> => database.dataSource.getRepository(Person).createQueryBuilder('person');

  beforeAll(async () => {
    database = await scratch();
    await database.dataSource.getRepository(Person).insert(somePeople());
    await database.dataSource.getRepository(PersonRole).insert(ROLES);
  });
  afterAll(() => database.drop());

  const listed = async (query: Record<string, string>) =>
    (await people.page(everyone(), people.parse({ limit: '200', ...query }))).rows.map(({ id }) => id);
  const filtered = (name: string, value: string) => listed({ [`filter${name}`]: value, sort: 'id' });
  const idsWhere = (holds: (person: Person) => boolean) => PEOPLE.filter(holds).map(({ id }) => id);

  async function walk(query: Record<string, string>): Promise<number[]> {
    const ids: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { rows, page } = await people.page(everyone(), people.parse(cursor ? { ...query, cursor } : query));
      expect(rows.length).toBeLessThanOrEqual(Number(query['limit']));
      ids.push(...rows.map(({ id }) => id));
      cursor = page.next;
    }
    return ids;
  }

  it.each([
    ...['id', 'name', 'email', 'age', 'enabled', 'createdAt', 'lastLoginAt', 'birthday'].flatMap((key) => [key, `-${key}`]),
    'age,name',
    '-age,name',
    'age,-lastLoginAt',
    '-lastLoginAt,-age',
    '-enabled,age,-birthday',
    'enabled,-createdAt,name',
    'birthday,-age,-name,email',
  ])('are the same page by page, in batches and at once, sorted by %s', async (sort) => {
    const expected = sorted(sort);
    for (const limit of [1, 3, 7, 61]) expect(await walk({ sort, limit: String(limit) })).toEqual(expected);
    const batches: number[][] = [];
    for await (const rows of people.batches(everyone, people.parse({ sort, limit: '1' }), 8)) batches.push(rows.map(({ id }) => id));
    expect(batches.map((batch) => batch.length)).toEqual([8, 8, 8, 8, 8, 8, 8, 5]);
    expect(batches.flat()).toEqual(expected);
    const whole = new Map((await everyone().getMany()).map((person) => [person.id, person]));
    for await (const rows of people.batches(everyone, people.parse({ sort }), 8, ['birthday', 'enabled']))
      for (const row of rows) {
        expect(row).not.toHaveProperty('parentId');
        expect(whole.get(row.id)).toMatchObject(row);
        expect(row.id).toBe(expected.shift());
      }
    expect(expected).toEqual([]);
  });

  it('keep their filters and what the caller may see from page to page', async () => {
    const query = { 'filter[enabled]': 'true', 'filter[email][contains]': 'ACME', sort: '-lastLoginAt', limit: '4' };
    const wanted = PEOPLE.filter(({ enabled, emailLower }) => enabled && emailLower.includes('acme'));
    expect(await walk(query)).toEqual(sorted('-lastLoginAt', wanted));
    const scope = everyone().where('person.age = :age OR person.age = :other', { age: 1, other: 2 });
    const { rows, page } = await people.page(scope, people.parse({ ...query, limit: '200', total: 'true' }));
    const seen = sorted(
      '-lastLoginAt',
      wanted.filter(({ age }) => age === 1 || age === 2),
    );
    expect(rows.map(({ id }) => id)).toEqual(seen);
    expect(page).toEqual({ limit: 200, next: null, total: seen.length });
  });

  it('count only when asked to, and all pages then', async () => {
    expect((await people.page(everyone(), people.parse({ limit: '61' }))).page).toEqual({ limit: 61, next: null });
    const first = await people.page(everyone(), people.parse({ limit: '60', total: 'true' }));
    expect(first.page).toEqual({ limit: 60, next: expect.any(String), total: 61 });
    const second = await people.page(everyone(), people.parse({ limit: '60', total: 'true', cursor: first.page.next }));
    expect([second.rows.length, second.page]).toEqual([1, { limit: 60, next: null, total: 61 }]);
  });

  it('leave the query they are given as it is', async () => {
    const query = everyone();
    await people.page(query, people.parse({ 'filter[enabled]': 'true', sort: 'age' }));
    expect(await query.getCount()).toBe(61);
  });

  it.each<[string, string, (person: Person) => boolean]>([
    ['[name]', 'Ann', ({ name }) => name === 'Ann'],
    ['[name][ne]', 'Ann', ({ name }) => name !== 'Ann'],
    ['[name][in]', "Ann,O'Hara,nobody", ({ name }) => name === 'Ann' || name === "O'Hara"],
    ['[name][contains]', 'NN', ({ name }) => name.toLowerCase() === 'ann'],
    ['[name][startsWith]', 'aN', ({ name }) => name.toLowerCase() === 'ann'],
    ['[name][contains]', 'üLL', ({ name }) => name.toLowerCase() === 'müller'],
    ['[name][contains]', 'Ë', ({ name }) => name.toLowerCase() === 'zoë'],
    ['[name][startsWith]', 'ΩM', ({ name }) => name === 'ωmega'],
    ['[name][contains]', '😀', ({ name }) => name.startsWith('😀')],
    ['[name][contains]', '0%', ({ name }) => name === '100%'],
    ['[name][contains]', '_', ({ name }) => name === 'a_b'],
    ['[name][startsWith]', '%', () => false],
    ['[name][contains]', '\\', ({ name }) => name === 'back\\slash'],
    ['[name][contains]', 'k\\s', ({ name }) => name === 'back\\slash'],
    ['[name][contains]', '!', ({ name }) => name === 'wow!'],
    ['[name][contains]', "'", ({ name }) => name === "O'Hara"],
    ['[name][contains]', "' OR 1=1 -- :filter0_0 ?", () => false],
    ['[email]', 'P0@Example.COM', ({ emailLower }) => emailLower === 'p0@example.com'],
    ['[email][startsWith]', 'P1', ({ emailLower }) => emailLower.startsWith('p1')],
    ['[age]', '3', ({ age }) => age === 3],
    ['[age][ne]', '3', ({ age }) => age !== 3],
    ['[age][in]', '0,3', ({ age }) => age === 0 || age === 3],
    ['[age][gt]', '-1', ({ age }) => age !== null],
    ['[age][gte]', '3', ({ age }) => age !== null && age >= 3],
    ['[age][lt]', '3', ({ age }) => age !== null && age < 3],
    ['[age][lte]', '3', ({ age }) => age !== null && age <= 3],
    ['[age][null]', 'true', ({ age }) => age === null],
    ['[age][null]', 'false', ({ age }) => age !== null],
    ['[enabled]', 'false', ({ enabled }) => !enabled],
    ['[enabled][ne]', 'false', ({ enabled }) => enabled],
    ['[createdAt]', '2026-03-01T00:00:00.001Z', ({ createdAt }) => createdAt.getTime() === start + 1],
    [
      '[createdAt][in]',
      '2026-02-28T23:59:59.999Z,2026-03-01T01:00:00Z',
      ({ createdAt }) => [-1, 3_600_000].includes(createdAt.getTime() - start),
    ],
    ['[createdAt][gt]', '2026-03-01T02:00:00+02:00', ({ createdAt }) => createdAt.getTime() > start],
    ['[createdAt][lte]', '2026-03-01T00:00:00Z', ({ createdAt }) => createdAt.getTime() <= start],
    ['[createdAt][gt]', '0001-01-01T00:00:00Z', () => true],
    ['[createdAt][lt]', '9999-12-31T23:59:59.999Z', () => true],
    ['[lastLoginAt][ne]', '2026-03-01T00:00:00Z', ({ lastLoginAt }) => lastLoginAt?.getTime() !== start],
    ['[birthday][gte]', '1975-01-01', ({ birthday }) => birthday !== null && birthday >= '1975-01-01'],
    ['[parentId][in]', '2,3', ({ parentId }) => parentId === 2 || parentId === 3],
    ['[parentId][null]', 'true', ({ parentId }) => parentId === null],
    ['[roleId]', '2', ({ id }) => rolesOf(id).includes(2)],
    ['[roleId][ne]', '2', ({ id }) => !rolesOf(id).includes(2)],
    ['[roleId][in]', '2,3', ({ id }) => rolesOf(id).some((role) => role > 1)],
    ['[roleId][null]', 'true', ({ id }) => rolesOf(id).length === 0],
    ['[roleId][null]', 'false', ({ id }) => rolesOf(id).length > 0],
  ])('let through what filter%s=%s names', async (name, value, holds) => {
    expect(await filtered(name, value)).toEqual(idsWhere(holds));
  });

  it('join several filters with and, several of one member too', async () => {
    const query = { 'filter[age][gte]': '2', 'filter[age][lt]': '5', 'filter[roleId]': '1', 'filter[roleId][ne]': '2', sort: 'id' };
    const holds = ({ id, age }: Person) => age !== null && age >= 2 && age < 5 && rolesOf(id).includes(1) && !rolesOf(id).includes(2);
    expect(await listed(query)).toEqual(idsWhere(holds));
  });

  it('give the bare filtered query to acts on all their rows', async () => {
    expect(await people.filtered(everyone(), people.parseStructured({ filter: { age: { gte: 3 } } })).getCount()).toBe(
      idsWhere(({ age }) => (age ?? 0) >= 3).length,
    );
  });

  it('begin batches behind the cursor, and have none where there is nothing', async () => {
    const { page } = await people.page(everyone(), people.parse({ sort: 'id', limit: '50' }));
    const ids: number[] = [];
    for await (const rows of people.batches(everyone, people.parse({ sort: 'id', cursor: page.next }), 11))
      ids.push(...rows.map(({ id }) => id));
    expect(ids).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61]);
    for await (const rows of people.batches(everyone, people.parse({ 'filter[name]': 'nobody' }))) ids.push(rows.length);
    expect(ids).toHaveLength(11);
  });

  it('go on behind a cursor by ranges of an index, one statement for each and one for the rows of equal keys', async () => {
    const { dataSource } = database;
    const { logger } = dataSource;
    const statements: { sql: string; parameters: unknown[] }[] = [];
    const { page } = await people.page(everyone(), people.parse({ sort: '-age', limit: '30' }));
    const logQuery = (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters });
    dataSource.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery });
    await people.page(everyone(), people.parse({ sort: '-age', limit: '31', cursor: page.next }));
    dataSource.logger = logger;
    expect(statements).toHaveLength(4);
    for (const { sql } of statements) expect(sql).not.toMatch(/ OR | OFFSET /);
    if (dataSource.options.type !== 'better-sqlite3') return;
    for (const { sql, parameters } of statements) {
      const plan = await dataSource.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      const range = / IN \(/.test(sql)
        ? /^SEARCH person USING INTEGER PRIMARY KEY/
        : /^SEARCH person USING (COVERING )?INDEX ix_people_age \(age/;
      expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(range)]);
    }
  });

  describe('take a cursor', () => {
    const asked = { sort: '-lastLoginAt,name,age,enabled', limit: '40', 'filter[enabled]': 'true' };
    const refused = (query: Record<string, string>) => {
      try {
        people.parse(query);
      } catch (error) {
        if (error instanceof InvalidInput) return [error.code, ...error.faults.map(({ pointer, code }) => `${pointer} ${code}`)];
        throw error;
      }
      return [];
    };
    const REFUSED = ['listing.cursor_invalid', 'cursor listing.cursor_invalid'];
    const cursorOf = async (query: Record<string, string>) =>
      (await people.page(everyone(), people.parse({ ...query, limit: '5' }))).page.next ?? '';
    const encode = (content: unknown) => Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');

    it('of the same sort and filters alone, however the filters are ordered', async () => {
      const two = { 'filter[age][gt]': '1', 'filter[enabled]': 'true', sort: 'name' };
      const cursor = await cursorOf(two);
      expect(refused({ 'filter[enabled]': 'true', cursor, sort: 'name', 'filter[age][gt]': '1', limit: '9', total: 'true' })).toEqual([]);
      for (const other of [{ ...two, sort: '-name' }, { ...two, sort: 'name,age' }, { ...two, 'filter[age][gt]': '2' }, { sort: 'name' }]) {
        expect(refused({ ...other, cursor })).toEqual(REFUSED);
      }
    });

    it('and refuse what is none', () => {
      for (const cursor of [
        '',
        'x',
        '===',
        'a b',
        'é',
        '0',
        encode('null'),
        encode('{}'),
        encode('[]'),
        encode('[['.repeat(3_000)),
        'A'.repeat(10_000),
        encode('\0'),
      ]) {
        expect([cursor, refused({ ...asked, cursor })]).toEqual([cursor, REFUSED]);
      }
    });

    it('and refuse a forged one unless its values could be those of a row', async () => {
      const [signature, ...values] = JSON.parse(Buffer.from(await cursorOf(asked), 'base64url').toString()) as unknown[];
      expect(values).toHaveLength(5);
      const forgeries: unknown[] = [
        [signature, ...values.slice(1)],
        [signature, ...values, 1],
        ['x', ...values],
        [[signature], ...values],
        { 0: signature },
        ...values.flatMap((_, i) =>
          [{}, [], { $ne: 1 }, [1], 'NaN', 1.5, 2 ** 60, 'nul\0', '\ud800', ...(i === 0 || i === 2 ? [] : [null])].flatMap((bad) =>
            i === 1 && bad === 'NaN' ? [] : [[signature, ...values.slice(0, i), bad, ...values.slice(i + 1)]],
          ),
        ),
      ];
      for (const forgery of forgeries) expect([forgery, refused({ ...asked, cursor: encode(forgery) })]).toEqual([forgery, REFUSED]);
      expect(refused({ ...asked, cursor: encode(`["${String(signature)}",null,"a",1e999,true,1]`) })).toEqual(REFUSED);
      const plausible = encode([signature, null, "'; DROP TABLE people; --", null, false, -5]);
      const { rows } = await people.page(everyone(), people.parse({ ...asked, cursor: plausible }));
      expect(rows.every(({ enabled }) => enabled)).toBe(true);
    });
  });
});

describe('A listing whose declaration does not fit its entity', () => {
  it('says so in place of losing rows', async () => {
    const { dataSource, drop } = await scratch();
    const wrong = defineListing({ id: 'person.id', fields: { age: { column: 'person.age', type: 'integer', sort: true } } });
    await dataSource.getRepository(Person).insert(somePeople().slice(0, 9));
    const page = wrong.page(dataSource.getRepository(Person).createQueryBuilder('person'), wrong.parse({ sort: 'age', limit: '1' }));
    await expect(page).rejects.toThrow('declare the field nullable');
    await drop();
  });
});
