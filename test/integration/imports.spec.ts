import type { PermissionMatrix } from '../../src/platform/context/index.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { csvLine } from '../../src/import-export/csv/index.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { OAuthApp } from '../support/oauth-app.js';

interface Person {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  middleName: string | null;
  birthday: string | null;
  phone: string | null;
  enabled: boolean;
  guest: boolean;
  customer: { id: number; name: string };
  owner: { id: number };
  roles: { code: string }[];
  externalId: string | null;
  version: number;
}

interface Run {
  id: number;
  status: string;
  counts: Record<string, number>;
  warnings: object[];
  rows: number;
}

const HEADER = [
  ...['ID', 'Name Prefix', 'First Name', 'Middle Name', 'Last Name', 'Name Suffix', 'Birthday', 'Email Address', 'Customer Id'],
  ...['Customer Name', 'Roles 1 Role', 'Roles 2 Role', 'Guest', 'Enabled', 'Confirmed', 'Owner Id', 'Website Id'],
] as const;

type Cells = Partial<Record<(typeof HEADER)[number], string | number>>;

const BUYER = 'ROLE_FRONTEND_BUYER';
const ADMINISTRATOR = 'ROLE_FRONTEND_ADMINISTRATOR';

/** A file with the columns of the original. */
const aFile = (...rows: Cells[]): string =>
  csvLine(HEADER) + rows.map((row) => csvLine(HEADER.map((header) => String(row[header] ?? '')))).join('');

const aRow = (email: string, cells: Cells = {}): Cells => ({
  'First Name': 'Zoë',
  'Last Name': 'Müller',
  'Email Address': email,
  'Customer Name': 'Northwind',
  'Roles 1 Role': BUYER,
  ...cells,
});

describe('Imports of customer users', () => {
  let app: OAuthApp;
  let northwindId: number;

  beforeEach(async () => {
    app = await OAuthApp.start({ keys: false });
    northwindId = (await app.act<{ id: number }>('POST', '/customers', { name: 'Northwind' })).body.id;
  });

  afterEach(() => app.close());

  async function ended(path: string, token = app.admin): Promise<Run> {
    let run: Run | undefined;
    await eventually(async () => {
      run = (await app.call<Run>('GET', `/admin/api${path}`, { token })).body;
      return !['queued', 'validating', 'running'].includes(run.status);
    }, `${path} ends`);
    return run as Run;
  }

  async function imported(file: string, fields: Record<string, string> = {}, token = app.admin): Promise<Run> {
    const { body: payload, type } = multipart({ file, fileName: 'people.csv', fields: { entity: 'customer-users', ...fields } });
    const started = await app.call<Run>('POST', '/admin/api/imports', { payload, token, headers: { 'content-type': type } });
    if (started.status !== 201) throw new Error(JSON.stringify(started.body));
    return ended(`/imports/${started.body.id}`, token);
  }

  async function exported(draft: object = {}): Promise<{ run: Run; text: string }> {
    const started = await app.act<Run>('POST', '/exports', { entity: 'customer-users', ...draft });
    const run = await ended(`/exports/${started.body.id}`);
    const { body: text } = await app.http.inject({
      url: `/admin/api/exports/${run.id}/file`,
      headers: { authorization: `Bearer ${app.admin}` },
    });
    return { run, text };
  }

  /** A console user who may import, with these permissions. */
  async function aSeller(permissions: PermissionMatrix['permissions']): Promise<{ id: number; token: string }> {
    const { manager } = app.http.get(UnitOfWork);
    const stamps = { createdAt: new Date(), updatedAt: new Date() };
    const admin = await manager.findOneByOrFail<{ id: number; email: string }>('User', {});
    const email = 'seller@example.com';
    const user = await manager.insert('User', { ...admin, id: undefined, email, emailKey: email, globalAccess: false, ...stamps });
    const role = await manager.insert('UserRole', {
      label: 'Seller',
      organizationKey: 0,
      root: 'none',
      matrix: { permissions, capabilities: { import: true } },
      ...stamps,
    });
    const [userId, roleId] = [user, role].map(({ identifiers }) => Number(identifiers[0]?.['id']));
    await manager.insert('UserRoleAssignment', { userId, roleId });
    const payload = { email, password: 'Correct-horse-1' };
    const { body } = await app.call<{ accessToken: string }>('POST', '/admin/api/auth/login', { payload });
    return { id: userId ?? 0, token: body.accessToken };
  }

  /** Waits for a mail that has `text` in it. */
  async function aMail(text: string): Promise<string | undefined> {
    let mail: string | undefined;
    await eventually(async () => {
      mail = (await app.written()).find((written) => written.includes(text));
      return mail !== undefined;
    }, `a mail with ${text} is written`);
    return mail;
  }

  const details = async ({ id }: Run): Promise<string[]> =>
    (await app.act<{ items: { detail: string }[] }>('GET', `/imports/${id}/errors?limit=200`)).body.items.map(({ detail }) => detail);

  const people = async (query = ''): Promise<Person[]> =>
    (await app.act<{ items: Person[] }>('GET', `/customer-users?limit=200${query}`)).body.items;

  const person = async (email: string): Promise<Person | undefined> => (await people(`&filter[email]=${email}`))[0];

  it('take the good rows, and tell of each bad one the row, the column and the reason', async () => {
    const run = await imported(
      aFile(
        aRow('zoe@northwind.example', {
          'Name Prefix': 'Ms.',
          'Middle Name': 'A.',
          Birthday: '3/9/1985',
          'Roles 2 Role': ADMINISTRATOR,
          Enabled: 'Yes',
        }),
        aRow('just"not"right@example.com', { Birthday: '31/31/2000', Enabled: 'perhaps' }),
        aRow('role@northwind.example', { 'Roles 1 Role': 'ROLE_NOBODY', 'First Name': '' }),
        aRow('who@northwind.example', { 'Customer Name': 'Nobody Ltd', 'Owner Id': 999, 'Website Id': 999, Birthday: '2999-01-01' }),
        aRow('lost@northwind.example', { ID: 4711 }),
        aRow('by-id@northwind.example', { 'Customer Id': northwindId, 'Customer Name': 'Ignored', Enabled: '0', 'Roles 1 Role': '' }),
      ),
    );

    expect(run).toMatchObject({ status: 'completed-with-errors', counts: { read: 6, added: 2, failed: 4 }, warnings: [] });
    expect(await details(run)).toEqual([
      'row 2, Birthday: must be a date such as 2026-01-31 or 1/31/2026',
      'row 2, Email Address: not a valid email address',
      'row 2, Enabled: must be 1 or 0, Yes or No, true or false',
      'row 3, First Name: is required',
      'row 3, Roles 1 Role: there is no such role',
      'row 4, Birthday: must not be in the future',
      'row 4, Customer Name: there is no customer of this name',
      'row 4, Owner Id: there is no such user',
      'row 4, Website Id: there is no such website',
      'row 5, ID: there is no such customer user',
    ]);
    expect(await person('zoe@northwind.example')).toMatchObject({
      firstName: 'Zoë',
      middleName: 'A.',
      birthday: '1985-03-09',
      enabled: true,
      customer: { id: northwindId },
      owner: { id: expect.any(Number) as number },
      roles: [{ code: ADMINISTRATOR }, { code: BUYER }],
    });
    expect(await person('by-id@northwind.example')).toMatchObject({
      enabled: false,
      customer: { id: northwindId },
      roles: [{ code: BUYER }],
    });
    const history = await app.execute(
      "SELECT via FROM history_entries WHERE entity = 'customer_user' AND action = 'created' ORDER BY id DESC LIMIT 1",
    );
    expect(history).toEqual([{ via: 'import' }]);
  });

  it('mail the result to the importer', async () => {
    await imported(aFile(aRow('zoe@northwind.example')));

    expect(await aMail('Import of people.csv')).toContain('Import of people.csv: all rows are in');
  });

  it('leave what was exported unchanged', async () => {
    await imported(
      aFile(
        aRow('zoe@northwind.example', { Birthday: '3/9/1985', 'Roles 2 Role': ADMINISTRATOR, 'First Name': '=Zoë', 'Last Name': "O'Hara" }),
        aRow('guest@northwind.example', { Guest: 'Yes', 'Customer Name': '', 'Last Name': '-x' }),
        aRow('off@northwind.example', { Enabled: 'No', Confirmed: 'No' }),
      ),
    );
    const before = await people();

    const { run, text } = await exported();

    expect(run).toMatchObject({ status: 'completed', rows: before.length });
    expect(text.split('\r\n')[0]).toBe(
      'ID,Name Prefix,First Name,Middle Name,Last Name,Name Suffix,Birthday,Email Address,Customer Id,Customer Name,Roles 1 Role,Roles 2 Role,Guest,Enabled,Confirmed,Owner Id,Owner Username,Website Id',
    );
    expect(await imported(text)).toMatchObject({
      status: 'completed',
      warnings: [],
      counts: { read: before.length, unchanged: before.length, added: 0, replaced: 0, failed: 0 },
    });
    expect(await people()).toEqual(before);
  });

  it('take and give phone and external id when they are asked for', async () => {
    await imported('Email Address,First Name,Last Name,Customer Name,Phone,External Id\na1@b.example,A,B,Northwind,+49 30 1234567,X-1\n');
    const run = await imported(
      'Email Address,First Name,Last Name,Customer Name,Phone,External Id\na2@b.example,A,B,Northwind,030,X-1\na3@b.example,A,B,Northwind,,X-1\n',
    );

    expect(await person('a1@b.example')).toMatchObject({ phone: '+49301234567', externalId: 'X-1' });
    expect(await details(run)).toEqual([
      'row 1, Phone: must be a phone number with its country, such as +49 30 1234567',
      'row 1, External Id: another customer user has this external id',
      'row 2, External Id: another customer user has this external id',
    ]);
    const { text } = await exported({ columns: ['Email Address', 'phone', 'External Id'], filter: { email: 'a1@b.example' } });
    expect(text).toBe("Email Address,Phone,External Id\r\na1@b.example,'+49301234567,X-1\r\n");
  });

  it('keep what an empty cell or a missing column does not name', async () => {
    await imported(aFile(aRow('zoe@northwind.example', { Birthday: '1985-03-09', 'Roles 2 Role': ADMINISTRATOR })));
    const { id } = (await person('zoe@northwind.example')) as Person;

    expect((await imported(`ID,Middle Name\n${id},Maria\n`)).counts).toMatchObject({ replaced: 1 });
    expect((await imported('Email Address,Last Name\nzoe@northwind.example,\n')).counts).toMatchObject({ unchanged: 1 });

    expect(await person('zoe@northwind.example')).toMatchObject({
      middleName: 'Maria',
      lastName: 'Müller',
      birthday: '1985-03-09',
      roles: [{ code: ADMINISTRATOR }, { code: BUYER }],
    });
    expect((await imported(`ID,Roles 1 Role\n${id},${BUYER}\n`)).counts).toMatchObject({ replaced: 1 });
    expect((await person('zoe@northwind.example'))?.roles).toMatchObject([{ code: BUYER }]);
  });

  describe('of an email address that comes more than once', () => {
    it.each([1, 700])(
      'let the second new row replace the first, %d rows later',
      async (apart) => {
        const others = Array.from({ length: apart - 1 }, (_, i) => aRow(`p${i}@northwind.example`));

        const file = aFile(aRow('zoe@northwind.example'), ...others, aRow('ZOE@northwind.example', { 'First Name': 'Second' }));

        expect((await imported(file, { mode: 'validate' })).counts).toMatchObject({ added: apart, replaced: 1, failed: 0 });
        expect((await imported(file)).counts).toMatchObject({ added: apart, replaced: 1, failed: 0 });
        expect(await people('&filter[email]=zoe@northwind.example')).toMatchObject([
          { firstName: 'Second', email: 'ZOE@northwind.example' },
        ]);
      },
      30_000,
    );

    it.each([1, 700])(
      'refuse a new row whose address a row by id took, %d rows earlier',
      async (apart) => {
        await imported(aFile(aRow('old@northwind.example')));
        const { id } = (await person('old@northwind.example')) as Person;
        const others = Array.from({ length: apart - 1 }, (_, i) => aRow(`p${i}@northwind.example`));

        const file = aFile(
          { ID: id, 'Email Address': 'new@northwind.example' },
          ...others,
          aRow('New@northwind.example', { 'First Name': 'Other' }),
        );

        for (const mode of ['validate', 'import']) {
          const run = await imported(file, { mode });
          expect(run.counts).toMatchObject({ replaced: 1, added: apart - 1, failed: 1 });
          expect(await details(run)).toEqual([`row ${apart + 1}, Email Address: row 1 gives this email address to another customer user`]);
        }
        expect(await person('new@northwind.example')).toMatchObject({ id, firstName: 'Zoë' });
      },
      30_000,
    );

    it('refuse a row by id that takes the address of somebody else', async () => {
      await imported(aFile(aRow('one@northwind.example'), aRow('two@northwind.example')));
      const { id } = (await person('one@northwind.example')) as Person;

      const run = await imported(aFile({ ID: id, 'Email Address': 'Two@northwind.example' }));

      expect(await details(run)).toEqual(['row 1, Email Address: another customer user has this email address']);
    });

    it('make a new guest of each row of a guest, and match guests by id alone', async () => {
      await imported(
        aFile(
          aRow('zoe@northwind.example'),
          aRow('zoe@northwind.example', { Guest: 'true' }),
          aRow('zoe@northwind.example', { Guest: '1' }),
        ),
      );
      const found = await people('&filter[email]=zoe@northwind.example');

      expect(found.map(({ guest }) => guest).sort()).toEqual([false, true, true]);
      const guestId = found.find(({ guest }) => guest)?.id ?? 0;
      expect((await imported(aFile({ ID: guestId, 'First Name': 'Guest' }))).counts).toMatchObject({ replaced: 1 });
    });
  });

  it('make a customer for who comes without one', async () => {
    await imported(aFile(aRow('zoe@northwind.example', { 'Customer Name': '' })));

    expect(await person('zoe@northwind.example')).toMatchObject({ customer: { name: 'Zoë Müller' } });
  });

  it('refuse to enable somebody without a role, and roles of another customer', async () => {
    const owned = await imported(aFile(aRow('off@northwind.example', { Guest: '1', 'Roles 1 Role': '' })));
    expect(owned.counts).toMatchObject({ added: 1 });
    const otherId = (await app.act<{ id: number }>('POST', '/customers', { name: 'Other' })).body.id;
    await app.execute(`UPDATE customer_user_roles SET customer_id = ${otherId} WHERE code = '${BUYER}'`);
    await app.execute('UPDATE websites SET default_role_id = NULL');

    const run = await imported(
      aFile(
        aRow('a1@northwind.example'),
        aRow('a2@northwind.example', { 'Roles 1 Role': '' }),
        aRow('a3@northwind.example', { 'Roles 1 Role': '', Enabled: 0 }),
      ),
    );

    expect(await details(run)).toEqual([
      `row 1, Roles 1 Role: the role ${BUYER} belongs to another customer`,
      'row 2, Roles 1 Role: an enabled customer user needs at least one role',
    ]);
    expect(run.counts).toMatchObject({ added: 1, failed: 2 });
  });

  it('follow the strategy', async () => {
    await imported(aFile(aRow('one@northwind.example')));
    const file = aFile(aRow('one@northwind.example', { 'First Name': 'Uno' }), aRow('two@northwind.example'));

    const added = await imported(file, { strategy: 'add' });
    const updated = await imported(file.replace('two@', 'three@'), { strategy: 'update' });

    expect(await details(added)).toEqual(['row 1, Email Address: is there already, and the import only adds']);
    expect(await details(updated)).toEqual(['row 2, Email Address: is not there, and the import only updates']);
    expect([added.counts['added'], updated.counts['replaced']]).toEqual([1, 1]);
  });

  it('invite who is new when asked to', async () => {
    await imported(aFile(aRow('zoe@northwind.example')), { mails: 'welcome' });

    expect(await aMail('?token=')).toContain('Zoë');
  });

  it('go no further than the rights of the importer', async () => {
    await imported(aFile(aRow('one@northwind.example'), aRow('two@northwind.example')));
    const [one, two] = [await person('one@northwind.example'), await person('two@northwind.example')];
    const seller = await aSeller({
      customer_user: { view: 'organization', create: 'own', edit: 'own' },
      ...Object.fromEntries(
        ['customer', 'customer_address', 'customer_user_address', 'order', 'quote', 'quote_request', 'shopping_list'].map((entity) => [
          entity,
          { view: 'organization' as const },
        ]),
      ),
    });
    await app.act('PATCH', `/customer-users/${one?.id}`, { ownerId: seller.id });

    const run = await imported(
      aFile(
        { ID: one?.id, 'First Name': 'Mine' },
        { ID: two?.id, 'First Name': 'Theirs' },
        aRow('three@northwind.example'),
        aRow('four@northwind.example', { 'Owner Id': two?.owner.id }),
        aRow('five@northwind.example', { 'Customer Name': '' }),
        aRow('six@northwind.example', { 'Roles 1 Role': 'ROLE_FRONTEND_ADMINISTRATOR' }),
      ),
      {},
      seller.token,
    );

    expect(run.counts).toMatchObject({ replaced: 1, added: 1, failed: 4 });
    expect(await details(run)).toEqual([
      'row 2: this needs the permission customer_user:edit',
      'row 4, Owner Id: must be yourself: you may create your own customer users alone',
      'row 5, Customer Id: to leave it empty needs the permission customer:create',
      'row 6, Roles 1 Role: the role ROLE_FRONTEND_ADMINISTRATOR allows more than you may do yourself',
    ]);
    expect(await person('three@northwind.example')).toMatchObject({ owner: { id: seller.id } });
  });
});
