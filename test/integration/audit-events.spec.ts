import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomer } from '../factories/customers.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import type { Listed } from '../support/client.js';
import { type Product, startProduct } from '../support/product.js';

interface Event {
  id: number;
  at: string;
  entity: string;
  entityId: number;
  action: string;
  actor: { type: string; id: number | null; name: string };
  via: string;
  changes: Record<string, { old: unknown; new: unknown }>;
}

const EVENTS = '/admin/api/audit-events';
const historyOf = (id: number) => `/admin/api/customer-users/${id}/history`;

describe('The history', () => {
  let product: Product;
  let person: CustomerUserBody;

  beforeAll(async () => {
    product = await startProduct();
    person = await aCustomerUser(product.admin, { firstName: 'Amanda' });
    await product.admin.patch(`/admin/api/customer-users/${person.id}`, { firstName: 'Mandy', password: 'Other-horse-2' });
  });
  afterAll(() => product.close());

  const read = async (path: string, caller = product.admin) => {
    const { status, body } = await caller.get<Listed<Event>>(path);
    expect(status).toBe(200);
    return body.items;
  };

  it('of a customer user tells who changed what, when and through what, newest first', async () => {
    const [changed, created] = await read(historyOf(person.id));

    expect(changed).toMatchObject({
      ...{ entity: 'customer_user', entityId: person.id, action: 'changed', via: 'api' },
      actor: { type: 'user', id: 1, name: expect.any(String) },
      changes: { firstName: { old: 'Amanda', new: 'Mandy' } },
    });
    expect(created).toMatchObject({ action: 'created', changes: { email: { old: null, new: person.email } } });
    expect(changed?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('says of a password only that it changed', async () => {
    const [changed] = await read(historyOf(person.id));

    expect(changed?.changes['passwordHash']).toEqual({ old: '(changed)', new: '(changed)' });
    expect(JSON.stringify(await read(EVENTS))).not.toContain('$argon2');
  });

  it('has no entry of a login, nor of a change that changes nothing', async () => {
    const before = await read(historyOf(person.id));
    await product.logIn(person.email, 'Other-horse-2');
    await product.admin.patch(`/admin/api/customer-users/${person.id}`, { firstName: 'Mandy' });

    expect(await read(historyOf(person.id))).toEqual(before);
  });

  it('names the customer user who changed himself', async () => {
    const self = product.as((await product.logIn(person.email, 'Other-horse-2')).accessToken);
    expect((await self.patch('/api/me', { lastName: 'Selfmade' })).status).toBe(200);

    const [changed] = await read(historyOf(person.id));
    expect(changed?.actor).toMatchObject({ type: 'customer-user', id: person.id });
    expect(changed?.changes).toMatchObject({ lastName: { new: 'Selfmade' } });
  });

  it('remembers a customer user who is deleted, for who reads all of it', async () => {
    const gone = await aCustomerUser(product.admin);
    expect((await product.admin.delete(`/admin/api/customer-users/${gone.id}`)).status).toBe(204);

    expect((await product.admin.get(historyOf(gone.id))).status).toBe(404);
    const [deleted] = await read(`${EVENTS}?filter[entity]=customer_user&filter[entityId]=${gone.id}`);
    expect(deleted).toMatchObject({ action: 'deleted', changes: { email: { old: gone.email, new: null } } });
  });

  it('is filtered, sorted and paged as every list', async () => {
    await aCustomer(product.admin, { name: 'Recorded Inc.' });
    const ofCustomers = await read(`${EVENTS}?filter[entity]=customer&filter[action]=created&sort=at`);
    expect(ofCustomers.length).toBeGreaterThan(1);
    expect(ofCustomers.every(({ entity, action }) => entity === 'customer' && action === 'created')).toBe(true);
    expect(ofCustomers.map(({ at }) => at)).toEqual(ofCustomers.map(({ at }) => at).sort());
    const bySystem = await read(`${EVENTS}?filter[actorType]=system`);
    expect(new Set(bySystem.map(({ actor }) => actor.type))).toEqual(new Set(['system']));
    const { body } = await product.admin.get<Listed<Event>>(`${EVENTS}?limit=1&total=true`);
    const { body: next } = await product.admin.get<Listed<Event>>(`${EVENTS}?limit=1&cursor=${body.page.next}`);
    expect(next.items[0]?.id).toBeLessThan(body.items[0]?.id ?? 0);
    expect(body.page.total).toBeGreaterThan(3);
  });

  it('keeps organizations apart, and takes a permission of its own', async () => {
    const reader = await aConsoleCaller(product, { rights: { 'audit_event:view': 'organization' } });
    const foreign = await product.admin.post<{ id: number }>('/admin/api/organizations', { name: 'Apart' });
    const seen = await read(`${EVENTS}?filter[entity]=organization&filter[entityId]=${foreign.body.id}`, product.admin);
    expect(seen).toHaveLength(1);
    expect(await read(`${EVENTS}?filter[entity]=organization&filter[entityId]=${foreign.body.id}`, reader)).toEqual([]);
    const without = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization' } });
    expect((await without.get(EVENTS)).status).toBe(403);
    expect((await without.get(historyOf(person.id))).status).toBe(200);
    const nobody = await aConsoleCaller(product, { rights: { 'customer_user:view': 'own' } });
    expect((await nobody.get(historyOf(person.id))).status).toBe(404);
  });
});
