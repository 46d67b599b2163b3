import { CustomerUsers } from '../../src/customer-users/index.js';
import type { CustomerUserChange, CustomerUserDraft } from '../../src/customer-users/customer-users.dto.js';
import { LifeCycle } from '../../src/customer-users/life-cycle.service.js';
import { asCustomerUser } from '../factories/acting.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { ADMINISTRATOR, aRole, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser, aDraft, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aWebsite } from '../factories/organizations.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
/** What it takes to change people, without being an administrator. */
const MANAGES = { customer_user: { view: 'hierarchy', create: 'hierarchy', edit: 'hierarchy', delete: 'hierarchy' } } as const;

describe('Customer users in the hands of their own', () => {
  let product: Product;
  let admin: Caller;
  let customerId: number;
  let manager: CustomerUserBody;
  let managing: number;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    managing = await aRole(product, { permissions: { ...MANAGES, customer: { view: 'hierarchy' } } });
  });
  afterAll(() => product.close());
  beforeEach(async () => {
    customerId = (await aCustomer(admin)).id;
    manager = await aCustomerUser(admin, { customerId, roleIds: [managing] });
  });

  const anAdministrator = (draft: object = {}) => aCustomerUser(admin, { customerId, roleIds: [ADMINISTRATOR], ...draft });
  const as = <T>(person: { id: number }, work: () => Promise<T>) => asCustomerUser(product, person, work);
  const change = ({ id }: { id: number }, members: CustomerUserChange) => product.inside(CustomerUsers).change(id, { members, faults: [] });
  const disable = ({ id }: { id: number }) => product.inside(LifeCycle).disable(id);

  describe('the last administrator', () => {
    it.each<[string, (person: CustomerUserBody) => Promise<unknown>]>([
      ['is not disabled', disable],
      ['is not disabled by an edit', (person) => change(person, { enabled: false })],
      ['is not made unconfirmed', (person) => change(person, { confirmed: false })],
      ['is not deleted', ({ id }) => product.inside(CustomerUsers).remove(id)],
      ['does not lose his role', ({ id }) => product.inside(LifeCycle).removeRoles(id, [ADMINISTRATOR])],
      ['does not get another role in place of it', (person) => change(person, { roleIds: [managing] })],
    ])('%s', async (_what, act) => {
      const only = await anAdministrator({ roleIds: [ADMINISTRATOR, managing] });

      await expect(as(manager, () => act(only))).rejects.toMatchObject({ kind: 'conflict', code: 'customer_users.last_administrator' });
      expect((await admin.get<CustomerUserBody>(`${PATH}/${only.id}`)).body).toEqual(only);

      await anAdministrator();
      await as(manager, () => act(only));
    });

    it('is the last of his customer, whoever administers the one above', async () => {
      const above = await anAdministrator();
      const only = await anAdministrator({ customerId: (await aCustomer(admin, { parentId: customerId })).id });

      await expect(as(above, () => disable(only))).rejects.toMatchObject({ code: 'customer_users.last_administrator' });
    });

    it('is disabled by the merchant', async () => {
      const { id } = await anAdministrator();

      expect((await admin.post(`${PATH}/${id}/disable`)).status).toBe(200);
    });

    it('stays when two disable each other at once', async () => {
      const [one, other] = [await anAdministrator(), await anAdministrator()];

      const outcomes = await Promise.allSettled([as(one, () => disable(other)), as(other, () => disable(one))]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'customer_users.last_administrator' } });
    });

    it('is no matter where there was none', async () => {
      const colleague = await aCustomerUser(admin, { customerId, roleIds: [BUYER] });

      expect((await as(manager, () => disable(colleague))).changed).toBe(true);
    });
  });

  describe('nobody gives a role that allows more than he may do', () => {
    it('as a customer user', async () => {
      const { id } = await aCustomerUser(admin, { customerId, roleIds: [managing] });
      const draft = aDraft({ customerId, roleIds: [managing, ADMINISTRATOR] }) as CustomerUserDraft;
      const above = { kind: 'forbidden', code: 'roles.above_own_rights' };

      const fault = (pointer: string) => ({ ...above, faults: [expect.objectContaining({ pointer, code: above.code })] });
      await expect(as(manager, () => product.inside(CustomerUsers).create({ members: draft, faults: [] }))).rejects.toMatchObject(
        fault('/roleIds/1'),
      );
      await expect(as(manager, () => change({ id }, { roleIds: [BUYER] }))).rejects.toMatchObject(fault('/roleIds/0'));
      await expect(as(manager, () => product.inside(LifeCycle).assignRoles(id, [ADMINISTRATOR]))).rejects.toMatchObject(above);
    });

    it('but what somebody has already he may keep', async () => {
      const buyer = await aCustomerUser(admin, { customerId, roleIds: [BUYER] });

      const { roles } = await as(manager, () => change(buyer, { roleIds: [managing, BUYER] }));

      expect(roles.map(({ id }) => id)).toEqual([BUYER, managing]);
    });

    it('as a console user: the own ones are whole customers, and an organization is all of them', async () => {
      const rights = { 'customer_user:view': 'own', 'customer_user:create': 'own', 'customer:view': 'organization' } as const;
      const limited = await aConsoleCaller(product, { rights });
      const of = (level: 'customer' | 'hierarchy', entity = 'customer_user', capabilities = {}) =>
        aRole(product, { permissions: { [entity]: { view: level } }, capabilities });
      const roles = [
        await of('customer', 'customer_user', { update_own_profile: true }),
        await of('hierarchy', 'customer'),
        await of('hierarchy'),
        await of('customer', 'order'),
      ];
      const create = (roleIds: number[]) => limited.post(PATH, aDraft({ roleIds, customerId }));

      const answers = [];
      for (const id of roles) answers.push(await create([id]));

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
        ...[201, 201].map((status) => [status, undefined]),
        ...[403, 403].map((status) => [status, 'roles.above_own_rights']),
      ]);
      expect(answers[2]?.body).toMatchObject({
        detail: 'This is more than you hold yourself: customer_user:view at hierarchy.',
        errors: [{ pointer: '/roleIds/0', code: 'roles.above_own_rights' }],
      });
    });

    it('as a console user neither by the password or the address of somebody who has more', async () => {
      const rights = { 'customer_user:view': 'organization', 'customer_user:edit': 'organization' } as const;
      const limited = await aConsoleCaller(product, { rights });
      const [more, buyer] = [await anAdministrator(), await aCustomerUser(admin, { customerId, roleIds: [BUYER] })];
      const takeOver = async ({ id }: CustomerUserBody) => [
        await limited.patch(`${PATH}/${id}`, { password: 'Hacked-pw-1' }),
        await limited.patch(`${PATH}/${id}`, { email: `taken-${id}@elsewhere.example` }),
        await limited.patch(`${PATH}/${id}`, { firstName: 'Renamed' }),
      ];

      expect((await takeOver(more)).map(({ status, body }) => [status, body.code])).toEqual([
        ...[403, 403].map((status) => [status, 'roles.above_own_rights']),
        [200, undefined],
      ]);
      expect((await takeOver(buyer)).map(({ status }) => status)).toEqual([200, 200, 200]);
    });

    it('but a console user gives what a website gives by itself, and is offered no more than he may give', async () => {
      const rights = {
        'customer_user:view': 'organization',
        'customer_user:create': 'organization',
        'customer:create': 'organization',
      } as const;
      const limited = await aConsoleCaller(product, { rights });
      const offered = (await limited.get<{ roles: { id: number }[] }>(`${PATH}/form-options`)).body.roles.map(({ id }) => id);

      expect([offered.includes(BUYER), offered.includes(ADMINISTRATOR)]).toEqual([true, false]);
      expect((await limited.post(PATH, aDraft({ roleIds: [BUYER] }))).status).toBe(201);
      expect((await limited.post(PATH, aDraft({ roleIds: [ADMINISTRATOR] }))).status).toBe(403);
    });

    it('to whoever registers, by way of a website', async () => {
      const rights = { 'website:view': 'organization', 'website:edit': 'organization', 'website:create': 'organization' } as const;
      const limited = await aConsoleCaller(product, { rights });
      const { id } = await aWebsite(product);
      const path = '/admin/api/websites';
      const draft = { name: 'Open door', url: 'https://open.example', guestRoleId: ADMINISTRATOR };

      const answers = [await limited.patch(`${path}/${id}`, { defaultRoleId: ADMINISTRATOR }), await limited.post(path, draft)];

      expect(answers.map(({ status, body }) => [status, body.errors?.[0]])).toMatchObject([
        [403, { pointer: '/defaultRoleId', code: 'roles.above_own_rights' }],
        [403, { pointer: '/guestRoleId', code: 'roles.above_own_rights' }],
      ]);
      const harmless = await aRole(product);
      expect((await limited.patch(`${path}/${id}`, { defaultRoleId: harmless, name: 'Renamed' })).status).toBe(200);
      await admin.patch(`${path}/${id}`, { defaultRoleId: ADMINISTRATOR });
      expect((await limited.patch(`${path}/${id}`, { defaultRoleId: ADMINISTRATOR, name: 'Renamed again' })).status).toBe(200);
    });
  });
});
