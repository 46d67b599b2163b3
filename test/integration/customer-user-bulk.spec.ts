import type { BulkResult } from '../../src/customer-users/bulk/bulk.dto.js';
import { BulkActs } from '../../src/customer-users/bulk/bulk-acts.service.js';
import { CurrentContext, Rights } from '../../src/platform/context/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole, anOrganization } from '../factories/organizations.js';
import { theMail } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const [ADMINISTRATOR, BUYER] = [1, 2];
const UNKNOWN = 987_654_321;

describe('A bulk', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const bulk = (body: object, caller = admin, headers: Record<string, string> = {}) =>
    caller.post<BulkResult & Refused>(`${PATH}/bulk`, body, headers);
  const somePeople = (count: number, draft: object = {}) => Promise.all(Array.from({ length: count }, () => aCustomerUser(admin, draft)));
  const idsOf = (people: readonly CustomerUserBody[]) => people.map(({ id }) => id);
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;
  const outcomeOf = ({ body }: { body: BulkResult }) => body.items.map(({ status, code }) => [status, ...(code ? [code] : [])].join(' '));

  it('disables and enables many, and says of each what became of him', async () => {
    const [one, other, off] = [await aCustomerUser(admin), await aCustomerUser(admin), await aCustomerUser(admin, { enabled: false })];
    const { accessToken } = await product.logIn(one.email, PASSWORD);
    const ids = [other.id, UNKNOWN, off.id, one.id];

    const disabled = await bulk({ action: 'disable', ids });

    expect([disabled.status, disabled.body]).toEqual([
      200,
      {
        ...{ action: 'disable', total: 4, succeeded: 3, failed: 1, skipped: 0 },
        items: [
          { id: other.id, status: 'done', code: null, detail: null },
          { id: UNKNOWN, status: 'failed', code: 'not_found', detail: 'There is no such customer user.' },
          { id: off.id, status: 'unchanged', code: null, detail: null },
          { id: one.id, status: 'done', code: null, detail: null },
        ],
      },
    ]);
    expect(await read(one.id)).toMatchObject({ enabled: false, version: 2 });
    expect((await product.as(accessToken).get('/api/me')).status).toBe(401);
    expect((await historyOf(product, 'customer_user', one.id)).at(-1)).toMatchObject({ changes: { enabled: { old: true, new: false } } });
    expect(outcomeOf(await bulk({ action: 'enable', ids }))).toEqual(['done', 'failed not_found', 'done', 'done']);
  });

  it('enables nobody who has no role, and everybody else', async () => {
    const bare = await aCustomerUser(admin, { enabled: false, roleIds: [] });
    const ready = await aCustomerUser(admin, { enabled: false });

    const answer = await bulk({ action: 'enable', ids: [bare.id, ready.id] });

    expect(outcomeOf(answer)).toEqual(['failed customer_users.roles_missing', 'done']);
    expect([(await read(bare.id)).enabled, (await read(ready.id)).enabled]).toEqual([false, true]);
  });

  it('deletes', async () => {
    const ids = idsOf(await somePeople(2));

    expect(outcomeOf(await bulk({ action: 'delete', ids: [...ids, UNKNOWN] }))).toEqual(['done', 'done', 'failed not_found']);

    for (const id of ids) expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
  });

  it('resets passwords, but not of the disabled and of guests', async () => {
    const person = await aCustomerUser(admin);
    const disabled = await aCustomerUser(admin, { enabled: false });
    const guest = await aCustomerUser(admin, { guest: true, password: undefined });

    const answer = await bulk({ action: 'reset-password', ids: idsOf([person, disabled, guest]) });

    expect(outcomeOf(answer)).toEqual(['done', 'failed customer_users.disabled', 'failed customer_users.guest']);
    expect((await read(person.id)).passwordStatus).toBe('reset');
    await theMail(product.mails, person.email, 'Please set a new password for Default');
  });

  it('assigns roles beside those that people have, as far as they may have them', async () => {
    const [customer, other] = [await aCustomer(admin), await aCustomer(admin)];
    const roleId = await aCustomerRole(product, customer.id);
    const people = [
      await aCustomerUser(admin, { customerId: customer.id }),
      await aCustomerUser(admin, { customerId: customer.id, roleIds: [roleId, ADMINISTRATOR] }),
      await aCustomerUser(admin, { customerId: other.id }),
    ];

    const answer = await bulk({ action: 'assign-roles', ids: idsOf(people), roleIds: [roleId, ADMINISTRATOR] });

    expect(outcomeOf(answer)).toEqual(['done', 'unchanged', 'failed customer_users.role_of_other_customer']);
    const roles = await Promise.all(people.map(async ({ id }) => (await read(id)).roles.map((role) => role.id)));
    expect(roles).toEqual([[ADMINISTRATOR, BUYER, roleId], [ADMINISTRATOR, roleId], [BUYER]]);
    expect(outcomeOf(await bulk({ action: 'assign-roles', ids: idsOf(people).slice(0, 1), roleIds: [UNKNOWN] }))).toEqual([
      'failed customer_users.role_unknown',
    ]);
  });

  it('removes roles, and leaves nobody enabled without one', async () => {
    const people = [
      await aCustomerUser(admin, { roleIds: [ADMINISTRATOR, BUYER] }),
      await aCustomerUser(admin, { roleIds: [ADMINISTRATOR] }),
      await aCustomerUser(admin, { roleIds: [ADMINISTRATOR], enabled: false }),
      await aCustomerUser(admin),
    ];

    const answer = await bulk({ action: 'remove-roles', ids: idsOf(people), roleIds: [ADMINISTRATOR] });

    expect(outcomeOf(answer)).toEqual(['done', 'failed customer_users.roles_missing', 'done', 'unchanged']);
    const roles = await Promise.all(people.map(async ({ id }) => (await read(id)).roles.map((role) => role.id)));
    expect(roles).toEqual([[BUYER], [ADMINISTRATOR], [], [BUYER]]);
  });

  it('takes everybody whom a filter of the list fits', async () => {
    const { id: customerId } = await aCustomer(admin);
    const people = await somePeople(3, { customerId });
    await admin.post(`${PATH}/${people[1]?.id}/disable`);

    const { body } = await bulk({ action: 'disable', filter: { customerId, enabled: true, email: { contains: 'person-' } } });

    expect(body).toMatchObject({ total: 2, succeeded: 2 });
    expect(new Set(body.items.map(({ id }) => id))).toEqual(new Set([people[0]?.id, people[2]?.id]));
    expect((await bulk({ action: 'disable', filter: { customerId, enabled: true } })).body).toMatchObject({ total: 0, items: [] });
    expect((await bulk({ action: 'enable', filter: { customerId }, q: 'amanda' })).body).toMatchObject({ total: 3, succeeded: 3 });
    expect((await bulk({ action: 'enable', filter: { customerId }, q: 'nobody' })).body).toMatchObject({ total: 0 });
  });

  describe('needs the permission of its action', () => {
    const view = { 'customer_user:view': 'organization' } as const;

    it.each([
      ['delete', { ...view, 'customer_user:edit': 'organization' } as const, 'customer_user:delete'],
      ['enable', { ...view, 'customer_user:delete': 'organization' } as const, 'customer_user:edit'],
      ['assign-roles', view, 'customer_user:edit'],
      ['disable', { 'customer_user:edit': 'organization' } as const, 'customer_user:view'],
    ])('to %s', async (action, rights, missing) => {
      const caller = await aConsoleCaller(product, { rights });
      const { id } = await aCustomerUser(admin, { enabled: true });

      const { status, body } = await bulk({ action, ids: [id], ...(action.endsWith('roles') && { roleIds: [ADMINISTRATOR] }) }, caller);

      expect([status, body.detail]).toEqual([403, `This needs the permission ${missing}.`]);
      expect((await read(id)).version).toBe(1);
    });

    it('for each person as far as it reaches', async () => {
      const rights = { ...view, 'customer_user:edit': 'own' } as const;
      const caller = await aConsoleCaller(product, { rights });
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aCustomerUser(await aConsoleCaller(product, { organizationId }));
      const people = [await aCustomerUser(admin, { ownerId: caller.userId }), await aCustomerUser(admin), stranger];

      const answer = await bulk({ action: 'disable', ids: idsOf(people) }, caller);

      expect(outcomeOf(answer)).toEqual(['done', 'failed auth.permission_missing', 'failed not_found']);
      expect((await read(stranger.id)).enabled).toBe(true);
    });
  });

  it('leaves the caller himself out, and says so', async () => {
    const person = await aCustomerUser(admin);
    const other = await aCustomerUser(admin, { customerId: person.customer.id });
    const all = { view: 'full', edit: 'full', delete: 'full' } as const;
    const rights = new Rights([{ permissions: { customer_user: all }, capabilities: {} }]);
    const caller = { id: person.id, organizationId: 1, customerId: person.customer.id, name: 'Amanda Cole', globalAccess: false, rights };
    const members = { action: 'disable', ids: [person.id, other.id] } as const;

    const result = await product
      .inside(CurrentContext)
      .runAs({ side: 'storefront', type: 'customer-user', ...caller }, 'api', () =>
        product.inside(BulkActs).run({ members: { ...members, ids: [...members.ids] }, faults: [] }),
      );

    expect(result).toMatchObject({ total: 2, succeeded: 1, failed: 0, skipped: 1 });
    expect(result.items.map(({ status, code }) => [status, code])).toEqual([
      ['skipped', 'customer_users.self'],
      ['done', null],
    ]);
  });
});
