import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomField } from '../factories/custom-fields.js';
import { aDraft, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import type { CustomerBody } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { faultsOf } from '../support/bad-input/problem.js';
import { HOSTILE } from '../support/bad-input/values.js';
import type { Answer, Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

type Holder = CustomerUserBody | CustomerBody;

describe.each([
  { entity: 'customer_user', path: '/admin/api/customer-users', draft: () => aDraft() },
  { entity: 'customer', path: '/admin/api/customers', draft: () => ({ name: 'Acme Industrial' }) },
])('The custom fields of a $entity', ({ entity, path, draft }) => {
  let product: Product;
  let admin: Caller;
  let caller: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  // Each test in an organization of its own, whose fields are its own.
  beforeEach(async () => {
    const { id: organizationId } = await anOrganization(product);
    caller = await aConsoleCaller(product, { organizationId });
  });

  const aField = (name: string, type = 'string', others: object = {}) => aCustomField(caller, { entity, name, type, ...others });
  const create = async (customFields?: object) =>
    created(await caller.post<Holder>(path, { ...draft(), ...(customFields && { customFields }) }));
  const change = <T = Holder>(id: number, customFields: unknown, others: object = {}) =>
    caller.patch<T>(`${path}/${id}`, { customFields, ...others });
  const read = async (id: number) => (await caller.get<Holder>(`${path}/${id}`)).body;
  const codesOf = ({ status, body }: Answer<Refused>) => [
    status,
    ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`).sort(),
  ];
  const changesOf = async (id: number) => (await historyOf(product, entity, id)).map(({ changes }) => changes).at(-1);

  const everything = {
    Region: 'North',
    Notes: 'Two\nlines',
    Seats: 12,
    Discount: 2.5,
    Vip: false,
    Since: '2024-02-29',
    Tier: 'Gold',
  };
  const fieldsOfEverything = async () => {
    const types = { Region: 'string', Notes: 'text', Seats: 'integer', Discount: 'decimal', Vip: 'boolean', Since: 'date' };
    for (const [name, type] of Object.entries(types)) await aField(name, type);
    return aField('Tier', 'select', { options: ['Silver', 'Gold'] });
  };

  it('are none, as long as none is defined', async () => {
    const record = await create();

    expect(record.customFields).toEqual({});
    expect(await create({})).toMatchObject({ customFields: {} });
    expect(codesOf(await caller.post(path, { ...draft(), customFields: { Region: 'North' } }))).toEqual([
      400,
      '/customFields/Region custom_fields.unknown',
    ]);
  });

  it('take a value of each type, and show all that are defined', async () => {
    await fieldsOfEverything();

    const empty = await create();
    const full = await create(everything);

    expect(empty.customFields).toEqual(Object.fromEntries(Object.keys(everything).map((name) => [name, null])));
    expect([full.customFields, (await read(full.id)).customFields]).toEqual([everything, everything]);
    const { items } = (await caller.get<Listed<Holder>>(`${path}?sort=id`)).body;
    expect(items.map(({ customFields }) => customFields)).toEqual([empty.customFields, everything]);
  });

  it('merge: what is left out stays, null clears', async () => {
    await fieldsOfEverything();
    const { id } = await create(everything);

    const { status, headers, body } = await change(id, { Seats: 13, Notes: null, Vip: null });

    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect(body.customFields).toEqual({ ...everything, Seats: 13, Notes: null, Vip: null });
    expect((await change(id, {})).body.customFields).toEqual(body.customFields);
    expect((await caller.patch<Holder>(`${path}/${id}`, {})).body.customFields).toEqual(body.customFields);
    expect((await change(id, Object.fromEntries(Object.keys(everything).map((name) => [name, null])))).body.customFields).toEqual(
      Object.fromEntries(Object.keys(everything).map((name) => [name, null])),
    );
  });

  it('go into the history one by one, with old and new value', async () => {
    await fieldsOfEverything();
    const { id } = await create({ Region: 'North' });
    expect(await changesOf(id)).toMatchObject({ 'customFields.Region': { old: null, new: 'North' } });
    expect(Object.keys((await changesOf(id)) ?? {}).filter((name) => name.startsWith('customFields'))).toEqual(['customFields.Region']);

    await change(id, { Region: 'South', Seats: 1 });

    expect(await changesOf(id)).toEqual({
      'customFields.Region': { old: 'North', new: 'South' },
      'customFields.Seats': { old: null, new: 1 },
    });
  });

  it('are refused all at once, each at its place, together with the other faults', async () => {
    await fieldsOfEverything();
    await aField('a/b~c');
    const wrong = {
      Region: 1,
      Notes: [],
      Seats: '12',
      Discount: '2.5',
      Vip: 'yes',
      Since: '2026-02-30',
      Tier: 'Bronze',
      'a/b~c': {},
      Nothing: 1,
      'x/y': null,
    };
    const expected = [
      400,
      ...[
        '/customFields/Discount custom_fields.not_a_decimal',
        '/customFields/Notes custom_fields.not_a_string',
        '/customFields/Nothing custom_fields.unknown',
        '/customFields/Region custom_fields.not_a_string',
        '/customFields/Seats custom_fields.not_an_integer',
        '/customFields/Since custom_fields.not_a_date',
        '/customFields/Tier custom_fields.not_an_option',
        '/customFields/Vip custom_fields.not_a_boolean',
        '/customFields/a~1b~0c custom_fields.not_a_string',
        '/customFields/x~1y custom_fields.unknown',
        '/externalId not_a_string',
        `/ownerId ${entity}s.owner_unknown`,
      ],
    ];
    const { id } = await create();

    expect(codesOf(await caller.post(path, { ...draft(), ownerId: 999_999, externalId: 1, customFields: wrong }))).toEqual(expected);
    expect(codesOf(await change<Refused>(id, wrong, { ownerId: 999_999, externalId: 1 }))).toEqual(expected);
    expect(await read(id)).toMatchObject({ version: 1, customFields: { Region: null } });
  });

  it('are never what is none of their values', async () => {
    await fieldsOfEverything();
    const { id } = await create();
    const cases: [string, string, unknown[]][] = [
      ['null', 'null', [400, '/customFields not_an_object']],
      ['a list', '[]', [400, '/customFields not_an_object']],
      ['a text', '"Region"', [400, '/customFields not_an_object']],
      ['the prototype', '{"__proto__":{"Region":"North"}}', [400]],
      ['a member of every object', '{"toString":"x"}', [400, '/customFields/toString unknown_member']],
      ['a number beyond all', '{"Discount":1e400}', [400, '/customFields/Discount custom_fields.not_a_decimal']],
      ['a number of many digits', '{"Discount":0.30000000000000004}', [400, '/customFields/Discount custom_fields.too_precise']],
      ['an integer beyond 2^53', '{"Seats":9007199254740993}', [400, '/customFields/Seats custom_fields.not_an_integer']],
      ['an object for a value', '{"Region":{"value":"North"}}', [400, '/customFields/Region custom_fields.not_a_string']],
      ['a list of one for a value', '{"Seats":[1]}', [400, '/customFields/Seats custom_fields.not_an_integer']],
      ['a long text', `{"Notes":"${'x'.repeat(200_000)}"}`, [400, '/customFields/Notes custom_fields.too_long']],
      ['a blank', '{"Region":"  "}', [400, '/customFields/Region custom_fields.empty']],
      ['half a character', '{"Notes":"\\ud800"}', [400, '/customFields/Notes custom_fields.malformed']],
      ['a name in another case', '{"region":"North"}', [400, '/customFields/region custom_fields.unknown']],
      ['the id of a field', '{"1":"North"}', [400, '/customFields/1 custom_fields.unknown']],
      [
        '101 members',
        JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`Field ${i}`, 1]))),
        [400, '/customFields too_many'],
      ],
    ];

    for (const [what, text, expected] of cases)
      expect([what, ...codesOf(await caller.patch(`${path}/${id}`, `{"customFields":${text}}`))]).toEqual([what, ...expected]);
  });

  it('take the last of a name that comes twice, and texts as they are', async () => {
    await fieldsOfEverything();
    const { id } = await create();

    const { body } = await caller.patch<Holder>(
      `${path}/${id}`,
      '{"customFields":{"Region":1,"Region":" 👩‍👩‍👧‍👦 ","Notes":" \\n<b>\\u202e ","Discount":-0.0}}',
    );

    expect((await read(id)).customFields).toMatchObject({ Region: '👩‍👩‍👧‍👦', Notes: ' \n<b>\u202e ', Discount: 0 });
    expect(body.customFields).toMatchObject({ Region: '👩‍👩‍👧‍👦', Discount: 0 });
  });

  it('break nothing, whatever they hold', async () => {
    await fieldsOfEverything();
    const { id } = await create();
    const broken: object[] = [];

    for (const name of Object.keys(everything))
      for (const [what, text] of Object.entries(HOSTILE)) {
        const answer = await caller.patch(`${path}/${id}`, `{"customFields":{"${name}":${text}}}`);
        const faults = answer.status === 200 ? [] : faultsOf(answer);
        if (faults.length > 0) broken.push({ [name]: what, faults });
      }

    expect(broken).toEqual([]);
    expect((await caller.get(`${path}/${id}`)).status).toBe(200);
  });

  describe('that are required', () => {
    it('are demanded of new records', async () => {
      await aField('Region', 'string', { required: true });
      await aField('Vip', 'boolean', { required: true });
      const missing = [400, '/customFields/Region custom_fields.required', '/customFields/Vip custom_fields.required'];

      expect(codesOf(await caller.post(path, draft()))).toEqual(missing);
      expect(codesOf(await caller.post(path, { ...draft(), customFields: { Region: null } }))).toEqual(missing);
      expect((await create({ Region: 'North', Vip: false })).customFields).toEqual({ Region: 'North', Vip: false });
    });

    it('are demanded of those that were there once their custom fields are written', async () => {
      const { id } = await create();
      const region = await aField('Region');
      await aField('Seats', 'integer');
      await caller.patch(`/admin/api/custom-fields/${region.id}`, { required: true });

      expect((await caller.patch<Holder>(`${path}/${id}`, { externalId: anEmail() })).status).toBe(200);
      expect(codesOf(await change<Refused>(id, { Seats: 1 }))).toEqual([400, '/customFields/Region custom_fields.required']);
      expect((await change(id, { Region: 'North' })).body.customFields).toEqual({ Region: 'North', Seats: null });
      expect((await change(id, { Seats: 1 })).status).toBe(200);
      expect(codesOf(await change<Refused>(id, { Region: null }))).toEqual([400, '/customFields/Region custom_fields.required']);
    });
  });

  it('keep a value whose option is taken away, and refuse it as a new one', async () => {
    const tier = await fieldsOfEverything();
    const [holder, other] = [await create({ Tier: 'Gold' }), await create({ Tier: 'Silver' })];

    await caller.patch(`/admin/api/custom-fields/${tier.id}`, { options: ['Silver', 'Bronze'] });

    expect((await read(holder.id)).customFields.Tier).toBe('Gold');
    expect((await change(holder.id, { Tier: 'Gold', Region: 'North' })).body.customFields).toMatchObject({ Tier: 'Gold', Region: 'North' });
    expect(codesOf(await change<Refused>(other.id, { Tier: 'Gold' }))).toEqual([400, '/customFields/Tier custom_fields.not_an_option']);
    expect((await change(holder.id, { Tier: 'Bronze' })).status).toBe(200);
    expect(codesOf(await change<Refused>(holder.id, { Tier: 'Gold' }))).toEqual([400, '/customFields/Tier custom_fields.not_an_option']);
  });

  it('follow a field to its new name', async () => {
    const field = await aField('Region');
    const { id } = await create({ Region: 'North' });

    await caller.patch(`/admin/api/custom-fields/${field.id}`, { name: 'Territory' });

    expect((await read(id)).customFields).toEqual({ Territory: 'North' });
  });

  it('go with their field, and do not come back with another one of its name', async () => {
    const field = await aField('Region');
    await aField('Seats', 'integer');
    const { id } = await create({ Region: 'North', Seats: 1 });

    await caller.delete(`/admin/api/custom-fields/${field.id}`);
    expect((await read(id)).customFields).toEqual({ Seats: 1 });
    expect(codesOf(await change<Refused>(id, { Region: 'South' }))).toEqual([400, '/customFields/Region custom_fields.unknown']);
    await aField('Region', 'boolean');

    expect((await read(id)).customFields).toEqual({ Seats: 1, Region: null });
    expect((await change(id, { Region: true })).body.customFields).toEqual({ Seats: 1, Region: true });
    expect(await changesOf(id)).toEqual({ 'customFields.Region': { old: null, new: true } });
  });

  it('lose no value when two are written at once', async () => {
    await fieldsOfEverything();
    const { id } = await create();

    const answers = await Promise.all(Object.entries(everything).map(([name, value]) => change(id, { [name]: value })));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await read(id)).customFields).toEqual(everything);
  });

  it('are those of the own organization alone', async () => {
    await aField('Region', 'string', { required: true });
    const field = await aCustomField(admin, { entity, name: 'Region', type: 'integer' });

    const ours = created(await admin.post<Holder>(path, { ...draft(), customFields: { Region: 7 } }));
    const theirs = await create({ Region: 'North' });

    const { items } = (await admin.get<Listed<Holder>>(`${path}?filter[id][in]=${ours.id},${theirs.id}&sort=id`)).body;
    expect(items.map(({ customFields }) => customFields)).toEqual([{ Region: 7 }, { Region: 'North' }]);
    expect((await caller.patch(`${path}/${ours.id}`, { customFields: { Region: 'North' } })).status).toBe(404);
    await admin.delete(`/admin/api/custom-fields/${field.id}`);
  });

  it('are those of the own kind alone', async () => {
    await aCustomField(caller, { entity: entity === 'customer' ? 'customer_user' : 'customer', name: 'Elsewhere', required: true });

    expect((await create()).customFields).toEqual({});
  });
});

describe('Required custom fields', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    await aCustomField(admin, { entity: 'customer', name: 'Region', required: true });
  });
  afterAll(() => product.close());

  it('are not demanded of a company that is made for a person without one', async () => {
    const person = created(await admin.post<CustomerUserBody>('/admin/api/customer-users', aDraft()));

    const { body } = await admin.get<CustomerBody>(`/admin/api/customers/${person.customer.id}`);
    expect(body.customFields).toEqual({ Region: null });
  });

  it('are shown to no customer user', async () => {
    await aCustomField(admin, { name: 'Credit limit', type: 'integer' });
    const email = anEmail();
    created(await admin.post('/admin/api/customer-users', aDraft({ email, password: PASSWORD, customFields: { 'Credit limit': 5 } })));
    const { accessToken } = await product.logIn(email, PASSWORD);

    expect(JSON.stringify((await product.as(accessToken).get('/api/me')).body)).not.toMatch(/customFields|Credit limit/);
  });
});
