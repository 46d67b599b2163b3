import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomField, type CustomFieldBody } from '../factories/custom-fields.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/custom-fields';

describe('Custom fields', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const codesOf = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
    (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`).sort();
  const draft = (others: object = {}) => ({ entity: 'customer', name: 'Wrong', type: 'string', ...others });

  describe('are created', () => {
    it('with a place, an ETag and every member', async () => {
      const given = { entity: 'customer', name: 'Territory', type: 'select', required: true, options: ['North', 'South'] };

      const { status, headers, body } = await admin.post<CustomFieldBody>(PATH, given);

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toEqual({
        ...given,
        id: body.id,
        organizationId: 1,
        createdAt: expect.any(String) as string,
        updatedAt: body.createdAt,
        version: 1,
      });
      expect((await admin.get(`${PATH}/${body.id}`)).body).toEqual(body);
      expect(await historyOf(product, 'custom_field', body.id)).toEqual([
        expect.objectContaining({
          action: 'created',
          changes: {
            entity: { old: null, new: 'customer' },
            name: { old: null, new: 'Territory' },
            type: { old: null, new: 'select' },
            required: { old: null, new: true },
            options: { old: null, new: ['North', 'South'] },
          },
        }),
      ]);
    });

    it.each(['string', 'text', 'integer', 'decimal', 'boolean', 'date'])(
      'of the type %s, not required and without options',
      async (type) => {
        expect(await aCustomField(admin, { type })).toMatchObject({ type, required: false, options: null });
      },
    );

    it('with options without the blanks around them', async () => {
      expect(await aCustomField(admin, { type: 'select', options: [' A ', 'B'] })).toMatchObject({ options: ['A', 'B'] });
    });

    it.each<[string, object, string[]]>([
      ['an unknown entity', { entity: 'order' }, ['/entity not_one_of']],
      ['an unknown type', { type: 'money' }, ['/type not_one_of']],
      ['a name of many characters', { name: 'x'.repeat(101) }, ['/name too_long']],
      ['a name of two lines', { name: 'a\nb' }, ['/name malformed']],
      ...['constructor', 'toString', '__proto__', 'hasOwnProperty', ' valueOf '].map((name): [string, object, string[]] => [
        `the name ${name}`,
        { name },
        ['/name reserved'],
      ]),
      ['several faults', { entity: null, name: '', type: 1, required: 'yes' }, ['/entity', '/name', '/required', '/type']],
      [
        'faults of form and meaning',
        { name: '', options: ['A'], organizationId: 999_999 },
        ['/name too_short', '/options custom_fields.options_refused', '/organizationId organizations.unknown'],
      ],
      ['a select without options', { type: 'select' }, ['/options custom_fields.options_required']],
      ['a select with null for options', { type: 'select', options: null }, ['/options custom_fields.options_required']],
      ['a select of nothing', { type: 'select', options: [] }, ['/options too_few']],
      ['a select of a text', { type: 'select', options: 'A' }, ['/options not_an_array']],
      ['an option twice', { type: 'select', options: ['A', 'A '] }, ['/options repeated']],
      ['an empty option', { type: 'select', options: ['A', ' '] }, ['/options too_short']],
      ['an option of two lines', { type: 'select', options: ['a\nb'] }, ['/options malformed']],
      ['an option of many characters', { type: 'select', options: ['x'.repeat(256)] }, ['/options too_long']],
      ['201 options', { type: 'select', options: Array.from({ length: 201 }, (_, i) => `${i}`) }, ['/options too_many']],
      ['an option that is no text', { type: 'select', options: [1] }, ['/options not_a_string']],
      ['options where none are chosen from', { options: ['A'] }, ['/options custom_fields.options_refused']],
      [
        'members that it does not have',
        { id: 7, version: 3, position: 1 },
        ['/id unknown_member', '/position unknown_member', '/version unknown_member'],
      ],
      ['an organization that is not there', { organizationId: 999_999 }, ['/organizationId organizations.unknown']],
    ])('never with %s', async (_what, wrong, expected) => {
      const answer = await admin.post(PATH, draft(wrong));

      expect(answer.status).toBe(400);
      expect(codesOf(answer)).toEqual(
        expected.map((code) => (code.includes(' ') ? code : (expect.stringContaining(`${code} `) as string))),
      );
    });

    it('never with the name of another one of the entity', async () => {
      const { name } = await aCustomField(admin);

      const answer = await admin.post(PATH, draft({ entity: 'customer_user', name }));

      expect([answer.status, answer.body.code]).toEqual([409, 'custom_fields.name_taken']);
      expect(codesOf(answer)).toEqual(['/name custom_fields.name_taken']);
      expect(await aCustomField(admin, { entity: 'customer', name })).toMatchObject({ name });
      expect(await aCustomField(admin, { name: name.toUpperCase() })).toMatchObject({ name: name.toUpperCase() });
    });

    it('once, of many of one name at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post(PATH, draft({ name: 'Contested' }))));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      expect(new Set(answers.flatMap(({ status, body }) => (status === 409 ? body.code : [])))).toEqual(
        new Set(['custom_fields.name_taken']),
      );
      expect((await admin.get<Listed>(`${PATH}?filter[name]=Contested`)).body.items).toHaveLength(1);
    });

    it('a hundred at most for an entity of an organization', async () => {
      const { id: organizationId } = await anOrganization(product);
      for (let made = 0; made < 97; made++) await aCustomField(admin, { organizationId });

      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => admin.post(PATH, draft({ organizationId, entity: 'customer_user', name: `Last ${i}` }))),
      );

      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409]);
      expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(Array(3).fill('custom_fields.too_many'));
      expect(await aCustomField(admin, { organizationId, entity: 'customer' })).toMatchObject({ organizationId });
    });
  });

  describe('are changed', () => {
    it('in name, options and whether they are required', async () => {
      const { id, name } = await aCustomField(admin, { type: 'select', options: ['A', 'B'] });

      const { status, headers, body } = await admin.patch<CustomFieldBody>(`${PATH}/${id}`, { required: true, options: ['B', 'C'] });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({ name, required: true, options: ['B', 'C'] });
      expect(await admin.patch(`${PATH}/${id}`, { name: `${name} new` })).toMatchObject({
        status: 200,
        body: { name: `${name} new`, version: 3 },
      });
      expect((await historyOf(product, 'custom_field', id)).map(({ changes }) => Object.keys(changes).sort())).toEqual([
        ['entity', 'name', 'options', 'required', 'type'],
        ['options', 'required'],
        ['name'],
      ]);
    });

    it('by nothing, when nothing is new', async () => {
      const field = await aCustomField(admin, { type: 'select', options: ['A'] });
      const { entity, name, type, required, options } = field;

      expect((await admin.patch(`${PATH}/${field.id}`, { entity, name, type, required, options })).body).toEqual(field);
      expect(await historyOf(product, 'custom_field', field.id)).toHaveLength(1);
    });

    it('never into another entity, type or organization', async () => {
      const { id } = await aCustomField(admin);

      expect(codesOf(await admin.patch(`${PATH}/${id}`, { entity: 'customer', type: 'text' }))).toEqual([
        '/entity custom_fields.entity_fixed',
        '/type custom_fields.type_fixed',
      ]);
      expect(codesOf(await admin.patch(`${PATH}/${id}`, { type: 'select', options: ['A'] }))).toEqual([
        '/options custom_fields.options_refused',
        '/type custom_fields.type_fixed',
      ]);
      expect(codesOf(await admin.patch(`${PATH}/${id}`, { organizationId: 1 }))).toEqual(['/organizationId unknown_member']);
    });

    it('never into a select without options, or to a name that is taken', async () => {
      const { id } = await aCustomField(admin, { type: 'select', options: ['A'] });
      const { name } = await aCustomField(admin);

      expect(codesOf(await admin.patch(`${PATH}/${id}`, { options: null }))).toEqual(['/options custom_fields.options_required']);
      expect(codesOf(await admin.patch(`${PATH}/${id}`, { name: null, required: null }))).toEqual([
        '/name not_a_string',
        '/required not_a_boolean',
      ]);
      expect(await admin.patch(`${PATH}/${id}`, { name })).toMatchObject({ status: 409, body: { code: 'custom_fields.name_taken' } });
    });

    it('and deleted with the present version alone', async () => {
      const { id } = await aCustomField(admin);

      expect((await admin.patch(`${PATH}/${id}`, { required: true }, { 'if-match': '"9"' })).body.code).toBe('precondition.stale');
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"9"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
      expect((await historyOf(product, 'custom_field', id)).map(({ action }) => action)).toEqual(['created', 'deleted']);
    });
  });

  it('are listed by entity, name, type and whether they are required', async () => {
    const { id: organizationId } = await anOrganization(product);
    const names = async (query: string) =>
      (await admin.get<Listed<CustomFieldBody>>(`${PATH}?filter[organizationId]=${organizationId}&${query}`)).body.items.map(
        ({ name }) => name,
      );
    await aCustomField(admin, { organizationId, name: 'Colour', type: 'select', options: ['Red'], required: true });
    await aCustomField(admin, { organizationId, name: 'Age', type: 'integer' });
    await aCustomField(admin, { organizationId, name: 'Branch', type: 'text', entity: 'customer' });

    expect(await names('')).toEqual(['Age', 'Branch', 'Colour']);
    expect(await names('filter[entity]=customer')).toEqual(['Branch']);
    expect(await names('filter[type][in]=text,integer&sort=-name')).toEqual(['Branch', 'Age']);
    expect(await names('filter[required]=true')).toEqual(['Colour']);
    expect(await names('filter[name][contains]=A&sort=type')).toEqual(['Age', 'Branch']);
    expect(await names('sort=entity,-id')).toEqual(['Branch', 'Age', 'Colour']);
  });

  describe('of another organization', () => {
    it('are not there, and can be made with global access alone', async () => {
      const { id: organizationId } = await anOrganization(product);
      const other = await aCustomField(admin, { organizationId, name: 'Secret' });
      const local = await aConsoleCaller(product);

      for (const answer of [
        await local.get(`${PATH}/${other.id}`),
        await local.patch(`${PATH}/${other.id}`, { required: true }),
        await local.delete(`${PATH}/${other.id}`),
      ])
        expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
      expect((await local.get<Listed>(`${PATH}?filter[name]=Secret`)).body.items).toEqual([]);
      expect(codesOf(await local.post(PATH, draft({ organizationId })))).toEqual(['/organizationId organizations.unknown']);
      expect(await aCustomField(local, { name: 'Secret' })).toMatchObject({ organizationId: 1 });
    });

    it('keep it from being deleted', async () => {
      const { id: organizationId } = await anOrganization(product);
      const { id } = await aCustomField(admin, { organizationId });

      expect(await admin.delete(`/admin/api/organizations/${organizationId}`)).toMatchObject({
        status: 409,
        body: { code: 'organizations.in_use' },
      });
      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
      expect((await admin.delete(`/admin/api/organizations/${organizationId}`)).status).toBe(204);
    });
  });

  it.each<[string, Record<string, 'organization'>, [number, number, number, number]]>([
    ['nothing', {}, [403, 403, 403, 403]],
    ['the view', { 'custom_field:view': 'organization' }, [200, 403, 403, 403]],
    ['creation', { 'custom_field:view': 'organization', 'custom_field:create': 'organization' }, [200, 201, 403, 403]],
    ['edits', { 'custom_field:view': 'organization', 'custom_field:edit': 'organization' }, [200, 403, 200, 403]],
    ['deletion', { 'custom_field:view': 'organization', 'custom_field:delete': 'organization' }, [200, 403, 403, 204]],
  ])('can be reached by who was granted %s as far as that', async (what, rights, expected) => {
    const { id } = await aCustomField(admin);
    const caller = await aConsoleCaller(product, { rights });

    const answers = [
      await caller.get(`${PATH}/${id}`),
      await caller.post(PATH, draft({ name: `By ${what}` })),
      await caller.patch(`${PATH}/${id}`, { required: true }),
      await caller.delete(`${PATH}/${id}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual(expected);
  });
});
