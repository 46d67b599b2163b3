import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aDocument, aDocumentPath, type DocumentBody } from '../factories/documents.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const KINDS: readonly [kind: string, entity: string][] = [
  ['orders', 'order'],
  ['quotes', 'quote'],
  ['quote-requests', 'quote_request'],
  ['shopping-lists', 'shopping_list'],
];

describe('Commerce documents', () => {
  let product: Product;
  let admin: Caller;
  let customerId: number;
  let customerUserId: number;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    ({ id: customerId } = await aCustomer(admin, { name: 'Acme' }));
    ({ id: customerUserId } = await aCustomerUser(admin, { customerId }));
  });
  afterAll(() => product.close());

  const whole = () => ({
    ...{ customerId, customerUserId, number: 'SO-1', name: 'Spare parts', status: 'open', url: 'https://shop.example/orders/1#top' },
    ...{ total: { amount: 125_050, currency: 'eur' }, placedAt: '2026-03-01T09:30:00+01:00' },
  });
  const faultsOf = ({ status, body }: { status: number; body: { errors?: { pointer: string; code: string }[] } }) => [
    status,
    body.errors?.map(({ pointer, code }) => `${pointer} ${code}`),
  ];

  describe.each(KINDS)('of the kind %s', (kind, entity) => {
    it('are made where they are put, with all of their members', async () => {
      const path = aDocumentPath(kind);
      const { status, headers, body } = await admin.put<DocumentBody>(path, whole());

      expect([status, headers.get('location'), headers.get('etag')]).toEqual([201, path, '"1"']);
      expect(body).toEqual({
        ...{ id: expect.any(Number), organizationId: 1, kind: entity, externalId: path.split('/').at(-1), version: 1 },
        ...{
          customerId,
          customer: { id: customerId, name: 'Acme' },
          customerUserId,
          customerUser: { id: customerUserId, fullName: 'Amanda Cole' },
        },
        ...{ number: 'SO-1', name: 'Spare parts', status: 'open', url: 'https://shop.example/orders/1#top' },
        ...{ total: { amount: 125_050, currency: 'EUR' }, placedAt: '2026-03-01T08:30:00.000Z' },
        ...{ createdAt: expect.any(String), updatedAt: expect.any(String) },
      });
      expect((await admin.get(path)).body).toEqual(body);
    });

    it('are listed, filtered and sorted', async () => {
      const status = `listed-${kind}`;
      const numbers = ['B', 'A', 'C'];
      for (const [i, number] of numbers.entries())
        await aDocument(
          admin,
          { customerId, number, status, total: { amount: 100 * i, currency: 'EUR' }, placedAt: `2026-01-0${i + 1}T00:00:00Z` },
          kind,
        );
      const list = async (query: string) =>
        (await admin.get<Listed<DocumentBody>>(`/admin/api/commerce-documents/${kind}?filter[status]=${status}&${query}`)).body.items.map(
          ({ number }) => number,
        );

      expect(await list('')).toEqual(['C', 'A', 'B']);
      expect(await list('sort=number')).toEqual(['A', 'B', 'C']);
      expect(await list('filter[total][gte]=100&filter[currency]=EUR&sort=total')).toEqual(['A', 'C']);
      expect(await list('filter[placedAt][lt]=2026-01-02T00:00:00Z')).toEqual(['B']);
      expect(await list('filter[number][in]=A,C&sort=-placedAt')).toEqual(['C', 'A']);
    });

    it('are shown with their customer user and their customer', async () => {
      const { id: other } = await aCustomerUser(admin, { customerId });
      const own = await aDocument(admin, { customerId, customerUserId: other }, kind);
      const list = async (path: string) => (await admin.get<Listed<DocumentBody>>(path)).body.items.map(({ id }) => id);

      expect(await list(`/admin/api/customer-users/${other}/${kind}`)).toEqual([own.id]);
      expect(await list(`/admin/api/customers/${customerId}/${kind}?filter[externalId]=${own.externalId}`)).toEqual([own.id]);
      expect(await list(`/admin/api/customers/${(await aCustomer(admin)).id}/${kind}`)).toEqual([]);
    });

    it('need the permission of their kind for each act, and for lists sight of the person too', async () => {
      const { path } = await aDocument(admin, { customerId, customerUserId }, kind);
      const everything = KINDS.filter(([, other]) => other !== entity).flatMap(([, other]) =>
        ['view', 'create', 'edit', 'delete'].map((act) => `${other}:${act}`),
      );
      const sight = { 'customer:view': 'organization', 'customer_user:view': 'organization' } as const;
      const rights = { ...Object.fromEntries(everything.map((name) => [name, 'organization'] as const)), ...sight };
      const others = await aConsoleCaller(product, { rights });
      const refused = async (answer: Promise<{ status: number; body: unknown }>) => {
        const { status, body } = await answer;
        return [status, (body as { detail?: string }).detail];
      };
      const needs = (act: string) => [403, `This needs the permission ${entity}:${act}.`];

      expect(await refused(others.get(path))).toEqual(needs('view'));
      expect(await refused(others.get(`/admin/api/commerce-documents/${kind}`))).toEqual(needs('view'));
      expect(await refused(others.put(path, whole()))).toEqual(needs('edit'));
      expect(await refused(others.delete(path))).toEqual(needs('delete'));
      expect(await refused(others.get(`/admin/api/customer-users/${customerUserId}/${kind}`))).toEqual(needs('view'));
      expect(await refused(others.get(`/admin/api/customers/${customerId}/${kind}`))).toEqual(needs('view'));

      const blind = await aConsoleCaller(product, { rights: { [`${entity}:view`]: 'organization' } });
      expect((await blind.get(path)).status).toBe(200);
      expect((await blind.get(`/admin/api/customer-users/${customerUserId}/${kind}`)).status).toBe(404);
      expect((await blind.get(`/admin/api/customers/${customerId}/${kind}`)).status).toBe(404);

      const editor = await aConsoleCaller(product, {
        rights: { ...sight, [`${entity}:view`]: 'organization', [`${entity}:edit`]: 'organization' },
      });
      expect((await editor.put(path, { customerId })).status).toBe(200);
      expect(await refused(editor.put(aDocumentPath(kind), { customerId }))).toEqual(needs('create'));
    });
  });

  it('are replaced as a whole, each change in the history', async () => {
    const path = aDocumentPath();
    const { id } = (await admin.put<DocumentBody>(path, whole())).body;
    const { status, body, headers } = await admin.put<DocumentBody>(path, { customerId, status: 'shipped' });

    expect([status, headers.get('etag'), headers.get('location')]).toEqual([200, '"2"', null]);
    expect(body).toMatchObject({
      id,
      status: 'shipped',
      customerUserId: null,
      customerUser: null,
      number: null,
      name: null,
      total: null,
      url: null,
    });
    expect(body.placedAt).toBe('2026-03-01T08:30:00.000Z');
    await admin.delete(path);

    const history = await historyOf(product, 'order', id);
    expect(history.map(({ action }) => action)).toEqual(['created', 'changed', 'deleted']);
    expect(history[1]?.changes).toMatchObject({
      customerUserId: { old: customerUserId, new: null },
      status: { old: 'open', new: 'shipped' },
      totalAmount: { old: 125_050, new: null },
    });
    expect((await admin.get(path)).status).toBe(404);
  });

  it('do not change when the same is put again', async () => {
    const path = aDocumentPath();
    const first = await admin.put<DocumentBody>(path, whole());
    const again = await admin.put<DocumentBody>(path, whole());

    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await historyOf(product, 'order', first.body.id)).toHaveLength(1);
  });

  it('are made once, however many put them at once', async () => {
    const path = aDocumentPath();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => admin.put<DocumentBody>(path, { ...whole(), status: `s${i}` })));

    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 11 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await admin.get<DocumentBody>(path)).body.version).toBe(12);
  });

  it('of different kinds may have the same external id', async () => {
    const ids = await Promise.all(
      KINDS.map(async ([kind]) => (await admin.put<DocumentBody>(`/admin/api/commerce-documents/${kind}/same`, { customerId })).body.id),
    );

    expect(new Set(ids).size).toBe(4);
  });

  it('are held to the version that If-Match names', async () => {
    const path = aDocumentPath();
    expect((await admin.put(path, whole(), { 'if-match': '"1"' })).status).toBe(412);
    expect((await admin.get(path)).status).toBe(404);
    await admin.put(path, whole());

    expect((await admin.put(path, { customerId }, { 'if-match': '"2"' })).body).toMatchObject({ status: 412, code: 'precondition.stale' });
    expect((await admin.delete(path, { 'if-match': '"2"' })).status).toBe(412);
    expect((await admin.put(path, { customerId }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await admin.delete(path, { 'if-match': '"2"' })).status).toBe(204);
  });

  it('are of a customer that there is, and of one of his users', async () => {
    const { id: stranger } = await aCustomerUser(admin);

    expect(faultsOf(await admin.put(aDocumentPath(), { customerId: 987_654, customerUserId: 987_654 }))).toEqual([
      400,
      ['/customerId commerce_documents.customer_unknown', '/customerUserId commerce_documents.customer_user_unknown'],
    ]);
    expect(faultsOf(await admin.put(aDocumentPath(), { customerId, customerUserId: stranger }))).toEqual([
      400,
      ['/customerUserId commerce_documents.customer_user_of_other_customer'],
    ]);
  });

  it.each<[string, object, string[]]>([
    ['an amount in major units', { total: { amount: 12.5, currency: 'EUR' } }, ['/total/amount not_an_integer']],
    ['an amount without a currency', { total: { amount: 1 } }, ['/total/currency required']],
    ['an unknown currency', { total: { amount: 1, currency: 'XYZ' } }, ['/total/currency not_a_currency']],
    ['a list for a total', { total: [] }, ['/total not_an_object']],
    ['a link that runs a script', { url: 'javascript:alert(1)' }, ['/url not_a_url']],
    [
      'a day that is none, and an unknown member',
      { placedAt: '2026-02-30T00:00:00Z', id: 7 },
      ['/id unknown_member', '/placedAt malformed'],
    ],
    ['a year that databases do not keep', { placedAt: '0000-01-01T00:00:00Z' }, ['/placedAt malformed']],
  ])('refuse %s', async (_what, members, faults) => {
    const { status, body } = await admin.put(aDocumentPath(), { customerId, ...members });

    expect([status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`).sort()]).toEqual([400, faults]);
  });

  it('take any external id of one line', async () => {
    for (const id of ['a/b', 'ä ö', '100%', "o'hara", '__proto__', 'x'.repeat(255)]) {
      const path = `/admin/api/commerce-documents/quotes/${encodeURIComponent(id)}`;
      const made = await admin.put<DocumentBody>(path, { customerId });
      expect([made.status, made.body.externalId, made.headers.get('location')]).toEqual([201, id, path]);
      expect((await admin.get<DocumentBody>(path)).body.id).toBe(made.body.id);
      expect((await admin.delete(path)).status).toBe(204);
    }
    for (const id of ['%00', '%0A', '%20x', 'x'.repeat(256)]) {
      const path = `/admin/api/commerce-documents/quotes/${id}`;
      expect([id, ...faultsOf(await admin.put(path, { customerId }))]).toEqual([id, 400, ['externalId malformed']]);
      expect([(await admin.get(path)).status, (await admin.delete(path)).status]).toEqual([404, 404]);
    }
  });

  it('of an unknown kind are not there', async () => {
    const path = '/admin/api/commerce-documents/invoices/1';

    expect([await admin.put(path, { customerId }), await admin.get(path), await admin.delete(path)].map(({ status }) => status)).toEqual([
      404, 404, 404,
    ]);
    expect((await admin.get(`/admin/api/customer-users/${customerUserId}/invoices`)).status).toBe(404);
  });

  it('of another organization are not there, but for who acts everywhere and names it', async () => {
    const { id: organizationId } = await anOrganization(product);
    const foreign = await aConsoleCaller(product, { organizationId });
    const { id: foreignCustomer } = await aCustomer(foreign);
    const { path } = await aDocument(admin, { customerId });

    expect([(await foreign.get(path)).status, (await foreign.delete(path)).status]).toEqual([404, 404]);
    expect(faultsOf(await foreign.put(path, { customerId, customerUserId }))).toEqual([
      400,
      ['/customerId commerce_documents.customer_unknown', '/customerUserId commerce_documents.customer_user_unknown'],
    ]);
    expect((await foreign.put(path, { customerId: foreignCustomer })).status).toBe(201);
    expect((await foreign.get(`${path}?organizationId=1`)).status).toBe(400);

    const there = await admin.get<DocumentBody>(`${path}?organizationId=${organizationId}`);
    expect([there.status, there.body.customerId]).toEqual([200, foreignCustomer]);
    expect((await admin.get<DocumentBody>(path)).body.customerId).toBe(customerId);
    expect(faultsOf(await admin.get(`${path}?organizationId=abc`))).toEqual([400, ['organizationId not_an_id']]);
  });

  it('reach a sales representative through the customers that he owns or represents', async () => {
    const acts = ['view', 'create', 'edit', 'delete'].map((act) => [`order:${act}`, 'own'] as const);
    const caller = await aConsoleCaller(product, { rights: { ...Object.fromEntries(acts), 'customer:view': 'organization' } });
    const { id: owned } = await aCustomer(admin, { ownerId: caller.userId });
    const { id: represented } = await aCustomer(admin, { salesRepresentativeIds: [caller.userId] });
    const mine = [await aDocument(caller, { customerId: owned }), await aDocument(caller, { customerId: represented })];
    const { path } = await aDocument(admin, { customerId });

    const { items } = (await caller.get<Listed<DocumentBody>>('/admin/api/commerce-documents/orders')).body;
    expect(items.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort());
    expect([
      (await caller.get(path)).status,
      (await caller.put(path, { customerId: owned })).status,
      (await caller.delete(path)).status,
    ]).toEqual([404, 404, 404]);
    expect((await caller.put(aDocumentPath(), { customerId })).body).toMatchObject({
      status: 403,
      detail: 'This needs the permission order:create.',
    });
    expect((await caller.put(mine[0]?.path ?? '', { customerId })).body).toMatchObject({
      status: 403,
      detail: 'This needs the permission order:edit.',
    });
  });
});
