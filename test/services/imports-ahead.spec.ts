import { CustomerUserImport } from '../../src/customer-users/files/customer-users.import.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { OAuthApp } from '../support/oauth-app.js';

interface Person {
  id: number;
  organizationId: number;
  customer: { id: number; name: string };
}

interface Run {
  id: number;
  status: string;
  counts: Record<string, number>;
}

/** Rows of one transaction. */
const BATCH = 2_000;

const HEADER = 'ID,First Name,Last Name,Email Address,Customer Name,Roles 1 Role,External Id\n';
const row = (cells: { id?: number; first?: string; last?: string; email: string; customer?: string; role?: string; external?: string }) =>
  [
    cells.id ?? '',
    cells.first ?? 'Ann',
    cells.last ?? 'Lee',
    cells.email,
    cells.customer ?? '',
    cells.role ?? '',
    cells.external ?? '',
  ].join(',');
const fillers = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => row({ email: `${name}-${i}@filler.example`, customer: 'Northwind' }));

/** What was refused of what others did. */
const faultOf = (answer: unknown): string[] =>
  typeof answer === 'object' && answer !== null && 'status' in answer && Number(answer.status) >= 400 ? [JSON.stringify(answer)] : [];

/** SQLite runs one act at a time, so there nothing is decided beforehand. */
describe('What an import decides about a batch while the one before is being written', () => {
  let app: OAuthApp;
  let northwindId: number;
  /** The numbers of the first rows that were decided about, before their turn and in it. */
  let decided: { ahead: number[]; inTurn: number[] };
  /** What others do between the two. */
  let meanwhile: () => Promise<unknown>;
  let faults: string[];

  beforeEach(async () => {
    app = await OAuthApp.start({ keys: false });
    northwindId = (await app.act<{ id: number }>('POST', '/customers', { name: 'Northwind' })).body.id;
    decided = { ahead: [], inTurn: [] };
    meanwhile = () => Promise.resolve();
    faults = [];
    const profile = app.http.get(CustomerUserImport, { strict: false });
    const decide = profile.decide.bind(profile);
    const work = app.http.get(UnitOfWork);
    profile.decide = async (rows, context) => {
      const plan = await decide(rows, context);
      const first = rows[0]?.number ?? 0;
      (work.isOpen ? decided.inTurn : decided.ahead).push(first);
      if (!work.isOpen && first === BATCH + 1) faults.push(...(await meanwhile().then(faultOf, (error: unknown) => [String(error)])));
      return plan;
    };
  });

  afterEach(async () => {
    await app.close();
    if (faults.length > 0) throw new Error(faults.join(' '));
  });

  async function imported(...rows: string[]): Promise<Run> {
    const file = `${HEADER}${rows.join('\n')}\n`;
    const { body: payload, type } = multipart({ file, fileName: 'people.csv', fields: { entity: 'customer-users' } });
    const started = await app.call<Run>('POST', '/admin/api/imports', { payload, token: app.admin, headers: { 'content-type': type } });
    let run: Run | undefined;
    await eventually(async () => {
      run = (await app.act<Run>('GET', `/imports/${started.body.id}`)).body;
      return !['queued', 'validating', 'running'].includes(run.status);
    }, 'the import ends');
    return run as Run;
  }

  const codes = async ({ id }: Run): Promise<(string | number)[][]> => {
    const { body } = await app.act<{ items: { row: number; code: string }[] }>('GET', `/imports/${id}/errors`);
    return body.items.map((error) => [error.row, error.code]);
  };
  const person = async (email: string): Promise<Person | undefined> =>
    (await app.act<{ items: Person[] }>('GET', `/customer-users?filter[email]=${email}`)).body.items[0];
  it('is written as it is where nothing has happened', async () => {
    const run = await imported(...fillers('a', BATCH), ...fillers('b', BATCH), ...fillers('c', 10));

    expect(run).toMatchObject({ status: 'completed', counts: { added: 2 * BATCH + 10 } });
    expect(decided).toEqual({ ahead: [1, BATCH + 1, 2 * BATCH + 1], inTurn: [] });
  });

  it('is decided anew where the batch before matters to it', async () => {
    const movedId = await app.aCustomerUser('old@northwind.example', { customerId: northwindId });

    const run = await imported(
      ...fillers('a', BATCH - 3),
      row({ email: 'first@northwind.example', customer: 'Northwind', external: 'CRM-1' }),
      row({ id: movedId, email: 'new@northwind.example' }),
      row({ email: 'nina@solo.example', first: 'Nina', last: 'Solo' }),
      row({ email: 'second@northwind.example', customer: 'Northwind', external: 'CRM-1' }),
      row({ email: 'old@northwind.example', customer: 'Northwind' }),
      row({ email: 'colleague@solo.example', customer: 'Nina Solo' }),
    );

    expect(decided).toEqual({ ahead: [1, BATCH + 1], inTurn: [BATCH + 1] });
    expect(await codes(run)).toEqual([[BATCH + 1, 'customer_users.external_id_taken']]);
    expect(run.counts).toMatchObject({ added: BATCH - 3 + 2 + 2, replaced: 1, failed: 1 });
    expect((await person('new@northwind.example'))?.id).toBe(movedId);
    expect((await person('old@northwind.example'))?.id).not.toBe(movedId);
    expect((await person('colleague@solo.example'))?.customer).toEqual((await person('nina@solo.example'))?.customer);
  });

  it('does not take back what somebody changes meanwhile', async () => {
    const id = await app.aCustomerUser('ann@northwind.example', { customerId: northwindId });
    const draft = { phone: '+493012345678', firstName: 'Bea' };
    meanwhile = () => app.act('PATCH', `/customer-users/${id}`, draft, { 'if-match': '"1"' });

    const run = await imported(...fillers('a', BATCH), row({ email: 'ann@northwind.example', first: 'Cleo' }));

    expect(decided.inTurn).toEqual([BATCH + 1]);
    expect(run.counts).toMatchObject({ added: BATCH, replaced: 1 });
    expect(await person('ann@northwind.example')).toMatchObject({ firstName: 'Cleo', phone: '+493012345678' });
    const { body } = await app.act<{ items: { changes: Record<string, unknown> }[] }>('GET', `/customer-users/${id}/history?sort=-id`);
    expect(body.items[0]?.changes).toMatchObject({ firstName: { old: 'Bea', new: 'Cleo' } });
  });

  it('finds who was created meanwhile', async () => {
    let id = 0;
    meanwhile = async () => (id = await app.aCustomerUser('ann@northwind.example', { customerId: northwindId }));

    const run = await imported(...fillers('a', BATCH), row({ email: 'ann@northwind.example', first: 'Cleo' }));
    expect(run).toMatchObject({ status: 'completed', counts: { added: BATCH, replaced: 1 } });
    expect(await person('ann@northwind.example')).toMatchObject({ id, firstName: 'Cleo' });
  });

  it.each<[string, string, () => Promise<unknown>, Parameters<typeof row>[0]]>([
    [
      'a customer who was renamed',
      'customer_users.customer_unknown',
      async () => {
        const { body } = await app.act<{ items: { id: number; version: number }[] }>('GET', '/customers?filter[name]=Acme');
        const [{ id, version } = { id: 0, version: 0 }] = body.items;
        return app.act('PATCH', `/customers/${id}`, { name: 'Acme Ltd' }, { 'if-match': `"${version}"` });
      },
      { email: 'ann@acme.example', customer: 'Acme' },
    ],
    [
      'a role that was deleted',
      'customer_users.role_unknown',
      async () => {
        const { body } = await app.act<{ items: { id: number; version: number }[] }>('GET', '/customer-user-roles?filter[label]=Clerk');
        const [{ id, version } = { id: 0, version: 0 }] = body.items;
        return app.act('DELETE', `/customer-user-roles/${id}`, undefined, { 'if-match': `"${version}"` });
      },
      { email: 'ann@acme.example', customer: 'Acme', role: 'Clerk' },
    ],
    [
      'a custom field that everybody needs since',
      'custom_fields.required',
      () => app.act('POST', '/custom-fields', { entity: 'customer_user', name: 'Size', type: 'integer', required: true }),
      { email: 'ann@acme.example', customer: 'Acme' },
    ],
  ])('minds %s', async (_what, code, act, last) => {
    await app.act('POST', '/customers', { name: 'Acme' });
    const { body: role } = await app.act<{ code: string }>('POST', '/customer-user-roles', { label: 'Clerk' });
    meanwhile = act;

    const run = await imported(...fillers('a', BATCH), row({ ...last, ...(last.role && { role: role.code }) }));
    expect(decided.inTurn).toEqual([BATCH + 1]);
    expect(await codes(run)).toEqual([[BATCH + 1, code]]);
    expect(run.counts).toMatchObject({ added: BATCH, failed: 1 });
  });

  it('minds two customers who take the name of each other', async () => {
    const made = async (name: string) => (await app.act<{ id: number }>('POST', '/customers', { name })).body.id;
    const [alpha, beta] = [await made('Alpha'), await made('Beta')];
    meanwhile = () =>
      app.execute(`UPDATE customers SET name = CASE id WHEN ${alpha} THEN 'Beta' ELSE 'Alpha' END WHERE id IN (${alpha}, ${beta})`);

    await imported(
      ...fillers('a', BATCH),
      row({ email: 'ann@alpha.example', customer: 'Alpha' }),
      row({ email: 'ben@beta.example', customer: 'Beta' }),
    );

    expect(decided.inTurn).toEqual([BATCH + 1]);
    expect((await person('ann@alpha.example'))?.customer.id).toBe(beta);
    expect((await person('ben@beta.example'))?.customer.id).toBe(alpha);
  });

  it('is decided anew for an importer who is another one by then', async () => {
    meanwhile = () => app.execute("UPDATE users SET first_name = 'Renamed'");

    await imported(...fillers('a', BATCH), row({ email: 'ann@northwind.example', customer: 'Northwind' }));

    expect(decided).toEqual({ ahead: [1, BATCH + 1], inTurn: [BATCH + 1] });
    const id = (await person('ann@northwind.example'))?.id;
    const { body } = await app.act<{ items: { actor: { name: string } }[] }>('GET', `/customer-users/${id}/history`);
    expect(body.items[0]?.actor.name).toMatch(/^Renamed /);
  });

  it('compares email addresses as the organization has come to want it', async () => {
    await app.aCustomerUser('ann@northwind.example', { customerId: northwindId });
    const payload = { value: false, organizationId: (await person('ann@northwind.example'))?.organizationId };
    meanwhile = () => app.call('PUT', '/admin/api/settings/accounts.caseInsensitiveEmail', { payload, token: app.admin });

    const run = await imported(...fillers('a', BATCH), row({ email: 'ANN@northwind.example', customer: 'Northwind' }));
    expect(decided.inTurn).toEqual([BATCH + 1]);
    expect(run.counts).toMatchObject({ added: BATCH + 1 });
  });
});
