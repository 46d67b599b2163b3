import type { RoleMatrixView } from '../../src/roles/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { ADMINISTRATOR, aRole, aRoleOverHttp, BUYER, type RoleBody, VISITOR } from '../factories/customer-user-roles.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { anOrganization, aWebsite } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-user-roles';

describe('Roles of customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = (draft: object, caller = admin) => caller.post<RoleBody & Refused>(PATH, draft);
  const change = (id: number, body: object, headers?: Record<string, string>) =>
    admin.patch<RoleBody & Refused>(`${PATH}/${id}`, body, headers);
  const read = async (id: number) => (await admin.get<RoleBody>(`${PATH}/${id}`)).body;
  const matrixOf = async (id: number) => (await admin.get<RoleMatrixView>(`${PATH}/${id}/permissions`)).body;
  const list = async (query: string) => (await admin.get<Listed<RoleBody>>(`${PATH}?${query}`)).body.items;
  const faultsOf = ({ status, body: { errors = [] } }: { status: number; body: Refused }) => [
    status,
    ...errors.map(({ pointer, code }) => `${pointer} ${code}`),
  ];
  const rolesOf = async ({ id }: { id: number }) =>
    (await admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body.roles.map((role) => role.id);

  describe('are created', () => {
    it('with a place and an ETag, for every customer, and allow nothing', async () => {
      const { status, headers, body } = await create({ label: 'Käufer & Co' });

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({
        ...{ label: 'Käufer & Co', code: 'ROLE_FRONTEND_KAUFER_CO', customerId: null, organizationId: 1 },
        ...{ selfManaged: true, public: true, userCount: 0, version: 1 },
      });
      const { permissions, capabilities } = await matrixOf(body.id);
      expect(new Set(Object.values(permissions).flatMap((actions) => Object.values(actions)))).toEqual(new Set(['none']));
      expect(new Set(Object.values(capabilities))).toEqual(new Set([false]));
      expect(await historyOf(product, 'customer_user_role', body.id)).toMatchObject([{ action: 'created' }]);
    });

    it('with all that is given', async () => {
      const { id: customerId } = await aCustomer(admin);
      const given = { label: 'Fitters', code: 'ROLE_FRONTEND_FITTERS', customerId, selfManaged: false, public: false };

      expect((await create(given)).body).toMatchObject(given);
    });

    it('under a code of their own, whatever the label', async () => {
      const { id: customerId } = await aCustomer(admin);
      const codes = [
        (await create({ label: '采购员' })).body.code,
        (await create({ label: 'Same here', customerId })).body.code,
        (await create({ label: 'Same here' })).body.code,
        (await create({ label: 'same-here' })).body.code,
      ];

      expect(codes).toEqual([
        expect.stringMatching(/^ROLE_FRONTEND_[0-9A-F]{8}$/),
        expect.stringMatching(/^ROLE_FRONTEND_SAME_HERE_[0-9A-F]{8}$/),
        'ROLE_FRONTEND_SAME_HERE',
        expect.stringMatching(/^ROLE_FRONTEND_SAME_HERE_[0-9A-F]{8}$/),
      ]);
    });

    it('by their rules alone, all that is wrong in one answer', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const { id: customerId } = await aCustomer(stranger);

      expect(faultsOf(await create({ label: 'ab', customerId, code: 'ROLE_X', selfManaged: 'yes', public: null }))).toEqual([
        ...[400, '/label too_short', '/selfManaged not_a_boolean', '/public not_a_boolean'],
        ...['/code malformed', '/customerId roles.customer_unknown'],
      ]);
      expect(faultsOf(await create({ label: 'x'.repeat(256) }))).toEqual([400, '/label too_long']);
      expect((await create({ label: 'x'.repeat(255) })).status).toBe(201);
      expect(faultsOf(await create({ label: 'Other', organizationId: 1 }, stranger))[0]).toBe(400);
    });

    it('once for a label of a customer, a predefined label, and a code', async () => {
      const [one, other] = [await aCustomer(admin), await aCustomer(admin)];
      const label = 'Label of one';
      const answers = [
        await create({ label, customerId: one.id, code: 'ROLE_FRONTEND_ONE' }),
        await create({ label, customerId: other.id }),
        await create({ label }),
        await create({ label, customerId: one.id }),
        await create({ label }),
        await create({ label: 'Another', code: 'ROLE_FRONTEND_ONE' }),
      ];

      expect(answers.map(({ status, body }) => body.errors?.map(({ pointer, code }) => `${pointer} ${code}`).join() ?? status)).toEqual([
        ...[201, 201, 201],
        ...['/label roles.label_taken', '/label roles.label_taken', '/code roles.code_taken'],
      ]);
      expect(answers.slice(3).map(({ status }) => status)).toEqual([409, 409, 409]);
    });

    it('once when ten ask at once for one label', async () => {
      const { id: customerId } = await aCustomer(admin);

      const answers = await Promise.all(Array.from({ length: 10 }, () => create({ label: 'Racing', customerId })));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
      expect(new Set(answers.map(({ body }) => body.code))).toContain('roles.label_taken');
    });
  });

  describe('are listed', () => {
    it('with who has them counted, by each of their filters and sort keys', async () => {
      const { id: customerId } = await aCustomer(admin);
      const { id, code } = await aRoleOverHttp(admin, { label: 'Listed', customerId, selfManaged: false, public: false });
      const { id: other } = await aRoleOverHttp(admin, { label: 'Listed too', customerId });
      const people = [
        await aCustomerUser(admin, { customerId, roleIds: [id] }),
        await aCustomerUser(admin, { customerId, roleIds: [id, other] }),
      ];

      expect((await list(`filter[customerId]=${customerId}&sort=-label`)).map((role) => [role.label, role.userCount])).toEqual([
        ['Listed too', 1],
        ['Listed', 2],
      ]);
      const of = `filter[customerId]=${customerId}`;
      for (const filter of [
        ...[`filter[code]=${code}`, 'filter[label]=Listed', 'filter[selfManaged]=false', 'filter[public]=false'],
        ...[`filter[customerUserId]=${people[0]?.id}`, `filter[id]=${id}`],
      ])
        expect((await list(`${of}&${filter}`)).map((role) => role.id)).toEqual([id]);
      const predefined = await list(
        'filter[customerId][null]=true&filter[code][in]=ROLE_FRONTEND_ADMINISTRATOR,ROLE_FRONTEND_ANONYMOUS&filter[organizationId]=1&sort=code',
      );
      expect(predefined.map((role) => role.code)).toEqual(['ROLE_FRONTEND_ADMINISTRATOR', 'ROLE_FRONTEND_ANONYMOUS']);
      for (const key of ['id', 'label', 'code', 'customerId', 'createdAt', 'updatedAt'])
        expect((await list(`${of}&sort=${key}`)).map((role) => role.id)).toHaveLength(2);
    });

    it('within the organization alone', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const { id } = await aRoleOverHttp(admin);

      const answers = [
        await stranger.get(`${PATH}/${id}`),
        await stranger.patch(`${PATH}/${id}`, { label: 'Taken' }),
        await stranger.delete(`${PATH}/${id}`),
        await stranger.get(`${PATH}/${id}/permissions`),
        await stranger.put(`${PATH}/${id}/permissions`, { permissions: {}, capabilities: {} }),
        await stranger.post(`${PATH}/${id}/clone`),
        await stranger.get(`${PATH}/${id}/customer-users`),
        await stranger.put(`${PATH}/${id}/customer-users`, { customerUserIds: [] }),
      ];

      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
      expect((await stranger.get<Listed<RoleBody>>(PATH)).body.items.map((role) => role.organizationId)).toEqual([
        organizationId,
        organizationId,
        organizationId,
      ]);
    });
  });

  describe('are changed', () => {
    it('member by member, as the history tells; what is left out stays', async () => {
      const { id, code } = await aRoleOverHttp(admin, { label: 'Before' });
      const { status, body } = await change(id, { label: 'After', public: false });

      expect([status, body]).toMatchObject([200, { label: 'After', public: false, selfManaged: true, code, version: 2 }]);
      expect((await historyOf(product, 'customer_user_role', id)).at(-1)).toMatchObject({
        ...{ action: 'changed', changes: { label: { old: 'Before', new: 'After' }, public: { old: true, new: false } } },
      });
      expect((await change(id, { label: 'After' })).body.version).toBe(2);
    });

    it('by one of two admins who read the same version', async () => {
      const { id } = await aRoleOverHttp(admin);

      const answers = await Promise.all(['One', 'Two'].map((name) => change(id, { label: `Writer ${name}` }, { 'if-match': '"1"' })));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    });

    it('to a label that is free alone', async () => {
      const { id } = await aRoleOverHttp(admin, { label: 'First come' });
      const { id: second } = await aRoleOverHttp(admin);

      expect(faultsOf(await change(second, { label: 'First come' }))).toEqual([409, '/label roles.label_taken']);
      expect((await change(id, { label: 'First come', code: 'ROLE_FRONTEND_FIRST' })).body.code).toBe('ROLE_FRONTEND_FIRST');
    });
  });

  describe('given to one customer', () => {
    it("are taken from the people of all others; who is enabled and has no other gets his website's", async () => {
      const [next, old] = [await aCustomer(admin), await aCustomer(admin)];
      const { id } = await aRoleOverHttp(admin);
      const [kept, bare, disabled, both] = [
        await aCustomerUser(admin, { customerId: next.id, roleIds: [id] }),
        await aCustomerUser(admin, { customerId: old.id, roleIds: [id] }),
        await aCustomerUser(admin, { customerId: old.id, roleIds: [id], enabled: false }),
        await aCustomerUser(admin, { customerId: old.id, roleIds: [ADMINISTRATOR, id] }),
      ];

      const { status, body } = await change(id, { customerId: next.id });

      expect([status, body.customerId, body.userCount]).toEqual([200, next.id, 1]);
      expect([await rolesOf(kept), await rolesOf(bare), await rolesOf(disabled), await rolesOf(both)]).toEqual([
        ...[[id], [BUYER], [], [ADMINISTRATOR]],
      ]);
      expect((await historyOf(product, 'customer_user', bare.id)).at(-1)).toMatchObject({
        changes: { roleIds: { old: [id], new: [BUYER] } },
      });
      expect((await admin.patch<Refused>(`/admin/api/customer-users/${bare.id}`, { roleIds: [id] })).body.errors?.[0]?.code).toBe(
        'customer_users.role_of_other_customer',
      );
    });

    it('or back to all, nobody loses them', async () => {
      const customer = await aCustomer(admin);
      const { id } = await aRoleOverHttp(admin, { customerId: customer.id });
      const person = await aCustomerUser(admin, { customerId: customer.id, roleIds: [id] });

      expect((await change(id, { customerId: null })).body).toMatchObject({ customerId: null, userCount: 1 });
      expect(await rolesOf(person)).toEqual([id]);
    });

    it('are refused where somebody would be left enabled without a role, and nothing is changed', async () => {
      const stranger = await anOrganization(product);
      const { id: websiteId } = await aWebsite(product, stranger.id, { isDefault: true });
      const theirs = await aConsoleCaller(product, { organizationId: stranger.id });
      const { id } = await aRoleOverHttp(theirs);
      const person = await aCustomerUser(theirs, { roleIds: [id], websiteId, firstName: 'Brenda' });
      const { id: customerId } = await aCustomer(theirs);

      const { status, body } = await theirs.patch<Refused>(`${PATH}/${id}`, { customerId });

      expect([status, body.code]).toEqual([409, 'customer_users.roles_missing']);
      expect(body.detail).toContain('the last role from Brenda Cole');
      expect(await rolesOf(person)).toEqual([id]);
      expect((await theirs.get<RoleBody>(`${PATH}/${id}`)).body.customerId).toBeNull();
    });

    it('or deleted, are not those that a website gives', async () => {
      const { id: customerId } = await aCustomer(admin);
      const answers = [
        await change(BUYER, { customerId }),
        await change(VISITOR, { customerId }),
        await admin.delete(`${PATH}/${BUYER}`),
        await admin.delete(`${PATH}/${VISITOR}`),
      ];

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'roles.website_role']));
    });
  });

  describe('are deleted', () => {
    it('while nobody has them, and their history stays', async () => {
      const { id } = await aRoleOverHttp(admin);
      const person = await aCustomerUser(admin, { roleIds: [id, BUYER] });

      const refused = await admin.delete(`${PATH}/${id}`);
      expect([refused.status, refused.body.code]).toEqual([409, 'roles.in_use']);
      await admin.patch(`/admin/api/customer-users/${person.id}`, { roleIds: [BUYER] });
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"9"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
      expect((await historyOf(product, 'customer_user_role', id)).at(-1)?.action).toBe('deleted');
    });

    it('with the customer whose they are, where nobody acts for it any more', async () => {
      const { id: customerId } = await aCustomer(admin);
      const { id } = await aRoleOverHttp(admin, { customerId });
      const person = await aCustomerUser(admin, { customerId, roleIds: [id] });

      expect((await admin.delete(`/admin/api/customers/${customerId}`)).status).toBe(409);
      await admin.delete(`/admin/api/customer-users/${person.id}`);
      expect((await admin.delete(`/admin/api/customers/${customerId}`)).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
      expect((await historyOf(product, 'customer_user_role', id)).at(-1)?.action).toBe('deleted');
    });

    it('or given to somebody, when both happen at once', async () => {
      const rounds = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const { id } = await aRoleOverHttp(admin);
          const person = await aCustomerUser(admin);
          const [gone, given] = await Promise.all([
            admin.delete(`${PATH}/${id}`),
            admin.patch<Refused>(`/admin/api/customer-users/${person.id}`, { roleIds: [id] }),
          ]);
          return [gone.status, given.status];
        }),
      );

      for (const round of rounds) expect([[204, 400].join(), [409, 200].join()]).toContain(round.join());
    });

    it('or made the role of a website, when both happen at once', async () => {
      const { id: websiteId } = await aWebsite(product);
      for (let round = 0; round < 5; round += 1) {
        const { id } = await aRoleOverHttp(admin);
        const [gone, given] = await Promise.all([
          admin.delete(`${PATH}/${id}`),
          admin.patch<Refused>(`/admin/api/websites/${websiteId}`, { defaultRoleId: id }),
        ]);
        expect([[204, 400].join(), [409, 200].join()]).toContain([gone.status, given.status].join());
      }
    });
  });

  describe('are cloned', () => {
    it('with all that they allow, for the same customer or another, and nobody has the clone', async () => {
      const { id: customerId } = await aCustomer(admin);
      const permissions = { customer_user: { view: 'customer' } } as const;
      const id = await aRole(product, { label: 'Dolly', customerId, permissions, capabilities: { update_own_profile: true } });
      await aCustomerUser(admin, { customerId, roleIds: [id] });
      const clone = (body?: object) => admin.post<RoleBody & Refused>(`${PATH}/${id}/clone`, body);

      const { status, headers, body } = await clone();

      expect([status, headers.get('location')]).toEqual([201, `${PATH}/${body.id}`]);
      expect(body).toMatchObject({ label: 'Dolly (2)', customerId, userCount: 0, version: 1 });
      expect(await matrixOf(body.id)).toEqual(await matrixOf(id));
      expect((await clone({ label: 'Molly', customerId: null })).body).toMatchObject({ label: 'Molly', customerId: null });
      expect(faultsOf(await clone({ label: 'Molly', customerId: 999_999 }))).toEqual([400, '/customerId roles.customer_unknown']);
      expect(faultsOf(await clone({ label: 'Dolly' }))).toEqual([409, '/label roles.label_taken']);
    });

    it('with what later versions bring, where the original has it', async () => {
      const { body } = await admin.post<RoleBody>(`${PATH}/${ADMINISTRATOR}/clone`, { label: 'Second in command' });

      expect(await matrixOf(body.id)).toEqual(await matrixOf(ADMINISTRATOR));
      expect((await read(body.id)).code).toBe('ROLE_FRONTEND_SECOND_IN_COMMAND');
    });
  });
});
