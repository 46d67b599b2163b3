import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aDocument, type DocumentBody, manyOrders } from '../factories/documents.js';
import { aCustomerRole } from '../factories/organizations.js';
import { historyOf } from '../factories/history.js';
import { HistoryEntry } from '../../src/platform/history/index.js';
import type { Level } from '../../src/platform/context/index.js';
import type { Listed } from '../support/client.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

jest.setTimeout(60_000);

const KINDS = ['orders', 'quotes', 'quote-requests', 'shopping-lists'] as const;
const EVERYTHING_OF_PEOPLE = Object.fromEntries(
  ['customer:view', 'customer_user:view', 'customer_user:edit', 'customer_user:create', 'customer_user:delete', 'customer:delete'].map(
    (name) => [name, 'organization' as const],
  ),
);

interface Run {
  id: number;
  status: string;
  counts: Record<string, number>;
}

describe('A customer user with documents', () => {
  let product: Product;
  let admin: Caller;
  let oldId: number;
  let newId: number;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    ({ id: oldId } = await aCustomer(admin, { name: 'Old' }));
    ({ id: newId } = await aCustomer(admin, { name: 'New' }));
  });
  afterAll(() => product.close());

  const aPerson = (draft: object = {}) => aCustomerUser(admin, { customerId: oldId, ...draft });
  const pathOf = ({ id }: { id: number }) => `/admin/api/customer-users/${id}`;
  const move = (caller: Caller, person: { id: number }, customerId = newId) =>
    caller.patch<CustomerUserBody>(pathOf(person), { customerId });
  const whoEdits = (rights: Record<string, Level>) =>
    aConsoleCaller(product, { rights: { ...EVERYTHING_OF_PEOPLE, ...rights }, capabilities: ['import'] });
  const bodyOf = async ({ path }: { path: string }) => (await admin.get<DocumentBody>(path)).body;

  it('moves to another customer, and leaves them behind, each change in the history', async () => {
    const person = await aPerson();
    const documents = await Promise.all(KINDS.map((kind) => aDocument(admin, { customerId: oldId, customerUserId: person.id }, kind)));

    const { status, body } = await move(admin, person);

    expect([status, body.customer.id]).toEqual([200, newId]);
    for (const document of documents) {
      expect(await bodyOf(document)).toMatchObject({ customerId: oldId, customerUserId: null, customerUser: null, version: 2 });
      const [, left] = await historyOf(product, document.kind, document.id);
      expect(left).toMatchObject({ action: 'changed', actorType: 'user', changes: { customerUserId: { old: person.id, new: null } } });
    }
    for (const kind of KINDS) expect((await admin.get<Listed>(`${pathOf(person)}/${kind}`)).body.items).toEqual([]);
    expect((await historyOf(product, 'customer_user', person.id)).at(-1)?.changes).toMatchObject({
      customerId: { old: oldId, new: newId },
    });
  });

  it('is moved only by who may edit every kind of them, and is told which is missing', async () => {
    const person = await aPerson();
    const documents = await Promise.all(KINDS.map((kind) => aDocument(admin, { customerId: oldId, customerUserId: person.id }, kind)));
    const some = await whoEdits({ 'order:edit': 'organization', 'quote_request:edit': 'organization', 'quote:view': 'organization' });

    const { status, body } = await some.patch(pathOf(person), { customerId: newId, lastName: 'Moved' });

    expect([status, body.code]).toEqual([403, 'customer_users.move_refused']);
    expect(body.detail).toBe('Documents refer to the customer user: to move him needs the permissions quote:edit and shopping_list:edit.');
    expect(body.errors?.map(({ pointer, code, detail }) => [pointer, code, detail.includes(':edit')])).toEqual([
      ['/customerId', 'auth.permission_missing', true],
      ['/customerId', 'auth.permission_missing', true],
    ]);
    expect((await admin.get(pathOf(person))).body).toMatchObject({ lastName: 'Cole', customer: { id: oldId }, version: 1 });
    for (const document of documents) expect(await bodyOf(document)).toMatchObject({ customerUserId: person.id, version: 1 });

    const all = await whoEdits(
      Object.fromEntries(['order', 'quote', 'quote_request', 'shopping_list'].map((kind) => [`${kind}:edit`, 'organization'])),
    );
    expect((await move(all, person)).status).toBe(200);
  });

  it('asks for the kinds alone that there are', async () => {
    const [free, ordering] = [await aPerson(), await aPerson()];
    await aDocument(admin, { customerId: oldId, customerUserId: ordering.id });
    await aDocument(admin, { customerId: oldId }, 'quotes');
    const nobody = await whoEdits({});
    const clerk = await whoEdits({ 'order:edit': 'organization' });

    expect((await move(nobody, free)).status).toBe(200);
    expect((await move(nobody, ordering)).status).toBe(403);
    expect((await nobody.patch(pathOf(ordering), { customerId: oldId, lastName: 'Stays' })).status).toBe(200);
    expect((await move(clerk, ordering)).status).toBe(200);
  });

  it('is not moved by who may edit the documents of his own customers alone', async () => {
    const person = await aPerson();
    await aDocument(admin, { customerId: oldId, customerUserId: person.id });
    const representative = await whoEdits({ 'order:edit': 'own' });

    expect((await move(representative, person)).body).toMatchObject({ status: 403, code: 'customer_users.move_refused' });

    await admin.patch(`/admin/api/customers/${oldId}`, { salesRepresentativeIds: [representative.userId] });
    expect((await move(representative, person)).status).toBe(200);
  });

  it('leaves more documents behind than one statement takes', async () => {
    const { id: customerId } = await aCustomer(admin);
    const person = await aPerson({ customerId });
    await manyOrders(product, 1_001, { customerId, customerUserId: person.id });

    expect((await move(admin, person)).status).toBe(200);
    const left = await admin.get<Listed>(`/admin/api/customers/${customerId}/orders?filter[customerUserId][null]=true&total=true&limit=1`);
    expect(left.body.page.total).toBe(1_001);
    expect(await product.work.repository(HistoryEntry).countBy({ entity: 'order', action: 'changed' })).toBeGreaterThan(1_000);
  });

  it('never ends at one customer with his documents at another, whoever is first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await aPerson();
      const draft = { customerId: oldId, customerUserId: person.id };
      const puts = Array.from({ length: 6 }, (_, i) =>
        admin.put<DocumentBody>(`/admin/api/commerce-documents/orders/race-${round}-${i}`, draft),
      );
      const [moved, ...answers] = await Promise.all([move(admin, person), ...puts]);

      expect(moved?.status).toBe(200);
      expect(answers.filter(({ status }) => ![201, 400].includes(status))).toEqual([]);
      expect((await admin.get<Listed>(`${pathOf(person)}/orders`)).body.items).toEqual([]);
    }
  });

  describe('in an import', () => {
    const importing = async (caller: Caller, lines: string[], mode = 'import') => {
      const fields = { entity: 'customer-users', mode, force: 'true' };
      const { body, type } = multipart({ file: ['ID,Customer Id', ...lines].join('\r\n'), fileName: 'moves.csv', fields });
      const started = await caller.post<Run>('/admin/api/imports', body, { 'content-type': type });
      expect([started.status, started.body]).toEqual([201, expect.anything()]);
      let run = started.body;
      await eventually(async () => {
        run = (await caller.get<Run>(`/admin/api/imports/${run.id}`)).body;
        return run.status.startsWith('completed');
      }, 'the import ends');
      const errors = await caller.get<Listed<{ row: number; column: string; code: string; detail: string }>>(
        `/admin/api/imports/${run.id}/errors`,
      );
      return { counts: run.counts, errors: errors.body.items };
    };

    it.each(['import', 'validate'])('stays without the right to edit his documents, the others move (%s)', async (mode) => {
      const [held, free] = [await aPerson(), await aPerson()];
      const document = await aDocument(admin, { customerId: oldId, customerUserId: held.id }, 'quotes');
      const caller = await whoEdits({ 'order:edit': 'organization' });

      const { counts, errors } = await importing(caller, [`${held.id},${newId}`, `${free.id},${newId}`], mode);

      expect(counts).toMatchObject({ replaced: 1, failed: 1 });
      expect(errors).toEqual([
        expect.objectContaining({
          row: 1,
          column: 'Customer Id',
          code: 'auth.permission_missing',
          detail: expect.stringContaining('quote:edit'),
        }),
      ]);
      expect(await bodyOf(document)).toMatchObject({ customerUserId: held.id });
    });

    it('leaves the roles of the old customer behind, and gets the role of his website where none is left', async () => {
      const [role, general] = [await aCustomerRole(product, oldId), (await aPerson()).roles[0]?.id ?? 0];
      const [bare, both] = [await aPerson({ roleIds: [role] }), await aPerson({ roleIds: [role, general] })];
      const off = await aPerson({ roleIds: [role], enabled: false });
      const people = [bare, both, off];

      const { counts, errors } = await importing(
        admin,
        people.map(({ id }) => `${id},${newId}`),
      );

      expect([counts['replaced'], errors]).toEqual([3, []]);
      const after = await Promise.all(
        people.map(async (person) => (await admin.get<CustomerUserBody>(pathOf(person))).body.roles.map(({ id }) => id)),
      );
      expect(after).toEqual([[general], [general], []]);
    });

    it('leaves his documents behind', async () => {
      const people = [await aPerson(), await aPerson()];
      const documents = await Promise.all(people.map(({ id }) => aDocument(admin, { customerId: oldId, customerUserId: id })));

      const { counts } = await importing(
        admin,
        people.map(({ id }) => `${id},${newId}`),
      );

      expect(counts).toMatchObject({ replaced: 2, failed: 0 });
      for (const document of documents) expect(await bodyOf(document)).toMatchObject({ customerId: oldId, customerUserId: null });
      const [, left] = await historyOf(product, 'order', documents[0]?.id ?? 0);
      expect(left).toMatchObject({ action: 'changed', via: 'import' });
    });
  });

  it('is not deleted, and is told what refers to him', async () => {
    const person = await aPerson();
    const first = await aDocument(admin, { customerId: oldId, customerUserId: person.id });
    const others = [
      await aDocument(admin, { customerId: oldId, customerUserId: person.id }),
      await aDocument(admin, { customerId: oldId, customerUserId: person.id }, 'shopping-lists'),
    ];

    const { status, body } = await admin.delete(pathOf(person));
    expect([status, body.code, body.detail]).toEqual([
      409,
      'customer_users.in_use',
      'The customer user cannot be deleted: 2 orders and 1 shopping list refer to him.',
    ]);
    expect((await admin.get(pathOf(person))).status).toBe(200);

    await admin.delete(first.path);
    for (const { path } of others) await admin.put(path, { customerId: oldId });
    expect((await admin.delete(pathOf(person))).status).toBe(204);
  });

  it('is either deleted or has a document, however close they come', async () => {
    for (let round = 0; round < 8; round += 1) {
      const person = await aPerson();
      const path = `/admin/api/commerce-documents/orders/last-${round}`;
      const [removed, put] = await Promise.all([
        admin.delete(pathOf(person)),
        admin.put(path, { customerId: oldId, customerUserId: person.id }),
      ]);

      expect([
        [204, 400],
        [409, 201],
      ]).toContainEqual([removed?.status, put?.status]);
    }
  });

  it('keeps a customer from being deleted, and so do documents of nobody', async () => {
    const { id } = await aCustomer(admin);
    const document = await aDocument(admin, { customerId: id }, 'quote-requests');

    const { status, body } = await admin.delete(`/admin/api/customers/${id}`);
    expect([status, body.code]).toEqual([409, 'customers.in_use']);
    expect(body.detail).toContain('1 quote request');

    await admin.delete(document.path);
    expect((await admin.delete(`/admin/api/customers/${id}`)).status).toBe(204);
  });

  it('lets a customer go or hold a document, however close they come', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id } = await aCustomer(admin);
      const [removed, put] = await Promise.all([
        admin.delete(`/admin/api/customers/${id}`),
        admin.put(`/admin/api/commerce-documents/quotes/gone-${round}`, { customerId: id }),
      ]);

      expect([
        [204, 400],
        [409, 201],
      ]).toContainEqual([removed?.status, put?.status]);
    }
  });
});
