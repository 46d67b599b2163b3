import { DelegatedRoles } from '../../src/customer-users/index.js';
import { CurrentContext } from '../../src/platform/context/index.js';
import type { RoleMatrixView, RoleView } from '../../src/roles/index.js';
import { asCustomerUser } from '../factories/acting.js';
import { ADMINISTRATOR, aRole, BUYER, VISITOR } from '../factories/customer-user-roles.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const READS = { customer_user: { view: 'customer' } } as const;

describe('The edit of a role by a customer user', () => {
  let product: Product;
  let admin: Caller;
  let customerId: number;
  let boss: CustomerUserBody;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());
  beforeEach(async () => {
    customerId = (await aCustomer(admin)).id;
    boss = await aCustomerUser(admin, { customerId, roleIds: [ADMINISTRATOR] });
  });

  const service = () => product.inside(DelegatedRoles);
  const edit = (id: number, change: Parameters<DelegatedRoles['edit']>[1], of?: number, by = boss) =>
    asCustomerUser(product, by, () => service().edit(id, change, of));
  const roleIdsOf = async ({ id }: { id: number }) =>
    (await admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body.roles.map((role) => role.id);
  const role = async (id: number) => (await admin.get<RoleView>(`/admin/api/customer-user-roles/${id}`)).body;
  const matrix = async (id: number) => (await admin.get<RoleMatrixView>(`/admin/api/customer-user-roles/${id}/permissions`)).body;

  describe('of a predefined one', () => {
    it('gives his customer a copy and moves its people to it, and changes nothing for others', async () => {
      const [buyer, disabled, elsewhere] = [
        await aCustomerUser(admin, { customerId, roleIds: [BUYER, ADMINISTRATOR] }),
        await aCustomerUser(admin, { customerId, roleIds: [BUYER], enabled: false }),
        await aCustomerUser(admin, { roleIds: [BUYER] }),
      ];
      const [before, original] = [await matrix(BUYER), await role(BUYER)];

      const edited = await edit(BUYER, { label: 'Our buyer', matrix: { permissions: READS, capabilities: {} } });

      expect(edited.role).toMatchObject({ label: 'Our buyer', customerId, selfManaged: true, public: true, userCount: 2 });
      expect(edited.role.code).toMatch(/^ROLE_FRONTEND_OUR_BUYER_\w+$/);
      expect(edited.permissions.permissions['customer_user']).toMatchObject({ view: 'customer', edit: 'none' });
      expect(edited.permissions.capabilities).toEqual({ ...before.capabilities, update_own_profile: false });
      expect([await roleIdsOf(buyer), await roleIdsOf(disabled), await roleIdsOf(elsewhere)]).toEqual([
        [ADMINISTRATOR, edited.role.id],
        [edited.role.id],
        [BUYER],
      ]);
      expect([await matrix(BUYER), await role(BUYER)]).toEqual([before, { ...original, userCount: original.userCount - 2 }]);
    });

    it('keeps what is not edited, and a label where no other role of the customer has it', async () => {
      await aRole(product, { customerId, label: 'Buyer' });
      const [buyer, chief] = [
        await edit(BUYER, { matrix: { permissions: READS, capabilities: {} } }),
        await edit(ADMINISTRATOR, { label: 'Chief' }),
      ];

      expect([buyer.role.label, chief.role.label]).toEqual(['Buyer (2)', 'Chief']);
      expect(chief.permissions).toEqual(await matrix(ADMINISTRATOR));
      expect(await roleIdsOf(boss)).toEqual([chief.role.id]);
    });

    it('is made once: who edits the original again is told of the copy', async () => {
      const { role: copy } = await edit(BUYER, { label: 'Our buyer' });
      const again = edit(BUYER, { matrix: { permissions: {}, capabilities: {} } });

      await expect(again).rejects.toMatchObject({
        ...{ kind: 'conflict', code: 'roles.customized_already' },
        message: `The customer has a copy of this role already: edit the role ${copy.id} (Our buyer) in place of it.`,
      });
      await admin.delete(`/admin/api/customer-user-roles/${copy.id}`);
      expect((await edit(BUYER, { label: 'Our next buyer' })).role.customerId).toBe(customerId);
    });

    it('is made once when two edit the original at once', async () => {
      const other = await aCustomerUser(admin, { customerId, roleIds: [ADMINISTRATOR] });
      const buyer = await aCustomerUser(admin, { customerId, roleIds: [BUYER] });

      const outcomes = await Promise.allSettled([edit(BUYER, { label: 'One' }), edit(BUYER, { label: 'Other' }, undefined, other)]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'roles.customized_already' } });
      const copies = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.role.id] : []));
      expect(await roleIdsOf(buyer)).toEqual(copies);
    });

    it('is in the history of the copy and of the people, who are of another version', async () => {
      const buyer = await aCustomerUser(admin, { customerId, roleIds: [BUYER] });
      const { role: copy } = await edit(BUYER, { matrix: { permissions: READS, capabilities: {} } });

      const moved = (await historyOf(product, 'customer_user', buyer.id)).at(-1);
      const made = (await historyOf(product, 'customer_user_role', copy.id)).at(-1);
      expect(moved).toMatchObject({ actorId: boss.id, changes: { roleIds: { old: [BUYER], new: [copy.id] } } });
      expect(made).toMatchObject({ action: 'created', changes: { label: { old: null, new: 'Buyer' } } });
      const { body } = await admin.get<CustomerUserBody>(`/admin/api/customer-users/${buyer.id}`);
      expect(body.version).toBe(buyer.version + 1);
    });

    it('that changes nothing makes no copy', async () => {
      const { role: same } = await edit(BUYER, { label: 'Buyer', matrix: await matrix(BUYER) });

      expect([same.id, await roleIdsOf(boss)]).toEqual([BUYER, [ADMINISTRATOR]]);
    });

    it('lists its people by their new roles at once', async () => {
      const { role: copy } = await edit(ADMINISTRATOR, { label: 'Our administrator' });
      const { body } = await admin.get<{ items: { id: number }[] }>(`/admin/api/customer-users?filter[roleId]=${copy.id}`);

      expect(body.items.map(({ id }) => id)).toEqual([boss.id]);
    });

    it('leaves out the people of customers below, unless it is for one of them', async () => {
      const below = await aCustomer(admin, { parentId: customerId });
      const person = await aCustomerUser(admin, { customerId: below.id, roleIds: [BUYER] });

      await edit(BUYER, { label: 'Our buyer' });
      expect(await roleIdsOf(person)).toEqual([BUYER]);
      const { role: theirs } = await edit(BUYER, { label: 'Their buyer' }, below.id);
      expect([theirs.customerId, await roleIdsOf(person)]).toEqual([below.id, [theirs.id]]);
    });

    it('is refused for a customer that he does not reach', async () => {
      const below = await aCustomer(admin, { parentId: customerId });
      const level = { customer_user_role: { view: 'customer', edit: 'customer' } } as const;
      const manager = await aCustomerUser(admin, { customerId, roleIds: [await aRole(product, { customerId, permissions: level })] });
      const strange = await aCustomer(admin);

      for (const [by, of] of [
        [boss, strange.id],
        [manager, below.id],
        [boss, 999_999],
      ] as const)
        await expect(edit(BUYER, { label: 'Mine' }, of, by)).rejects.toMatchObject({ kind: 'missing' });
      expect((await edit(BUYER, { label: 'Mine' }, customerId, manager)).role.customerId).toBe(customerId);
    });
  });

  it('of his customer changes the role itself', async () => {
    const id = await aRole(product, { customerId, permissions: READS });
    const { role: changed, permissions } = await edit(id, { label: 'Reader', matrix: { permissions: {}, capabilities: {} } });

    expect(changed).toMatchObject({ id, label: 'Reader', version: 2 });
    expect(permissions.permissions['customer_user']).toMatchObject({ view: 'none' });
  });

  it('is refused for what is not his to see or to change', async () => {
    const foreign = await aRole(product, { customerId: (await aCustomer(admin)).id });
    const kept = await aRole(product, { selfManaged: false });
    const reader = await aCustomerUser(admin, {
      customerId,
      roleIds: [await aRole(product, { customerId, permissions: { customer_user_role: { view: 'customer' } } })],
    });

    await expect(edit(foreign, { label: 'Mine' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(edit(VISITOR, { label: 'Mine' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(edit(kept, { label: 'Mine' })).rejects.toMatchObject({ code: 'roles.not_self_managed' });
    await expect(edit(BUYER, { label: 'Mine' }, undefined, reader)).rejects.toMatchObject({ code: 'auth.permission_missing' });
  });

  it('is refused with a label that another role of the customer has', async () => {
    await aRole(product, { customerId, label: 'Taken' });

    await expect(edit(BUYER, { label: 'Taken' })).rejects.toMatchObject({ code: 'roles.label_taken' });
    expect((await edit(await aRole(product, { customerId, label: 'Free' }), { label: 'Free' })).role.label).toBe('Free');
  });

  it('is refused for a version that has passed', async () => {
    const id = await aRole(product, { customerId });
    const context = product.inside(CurrentContext);
    const stale = asCustomerUser(product, boss, () =>
      context.run({ ...context.get(), ifMatch: '"7"' }, () => service().edit(id, { label: 'X' })),
    );

    await expect(stale).rejects.toMatchObject({ kind: 'stale' });
  });

  describe('goes no further than his own rights', () => {
    let manager: CustomerUserBody;

    beforeEach(async () => {
      const permissions = { customer_user_role: { view: 'customer', edit: 'customer' }, customer_user: { view: 'customer' } } as const;
      manager = await aCustomerUser(admin, { customerId, roleIds: [await aRole(product, { customerId, permissions })] });
    });

    it('by level and by capability, each at its place', async () => {
      const id = await aRole(product, { customerId });
      const more = {
        permissions: { customer_user: { view: 'hierarchy', edit: 'own' }, customer: { view: 'none' } },
        capabilities: { update_own_profile: true },
      } as const;

      const refused = edit(id, { matrix: more }, undefined, manager);

      await expect(refused).rejects.toMatchObject({
        ...{ kind: 'forbidden', code: 'roles.above_own_rights' },
        faults: ['/permissions/customer_user/view', '/permissions/customer_user/edit', '/capabilities/update_own_profile'].map(
          (pointer) => ({ pointer, code: 'roles.above_own_rights', detail: expect.any(String) as string }),
        ),
      });
      await edit(id, { matrix: { permissions: READS, capabilities: {} } }, undefined, manager);
    });

    it('while what a role allowed before may stay', async () => {
      const { permissions, capabilities } = await matrix(BUYER);
      const less = { ...permissions, order: { view: 'none' } } as const;

      const { role: copy } = await edit(BUYER, { matrix: { permissions: less, capabilities } }, undefined, manager);

      expect(copy.customerId).toBe(customerId);
    });
  });

  describe('leaves the customer an administrator', () => {
    const nothing = { matrix: { permissions: {}, capabilities: {} } };

    it('so it is refused where it would take the last one, and nothing of it is left', async () => {
      await expect(edit(ADMINISTRATOR, nothing)).rejects.toMatchObject({ kind: 'conflict', code: 'customer_users.last_administrator' });
      expect(await roleIdsOf(boss)).toEqual([ADMINISTRATOR]);
    });

    it('whoever else is one by another role', async () => {
      const other = await aRole(product, {
        customerId,
        permissions: { customer_user: { view: 'customer', edit: 'customer' }, customer_user_role: { view: 'customer', edit: 'customer' } },
      });
      for (const draft of [{ enabled: false }, { confirmed: false }, { guest: true, password: undefined }])
        await aCustomerUser(admin, { customerId, roleIds: [other], ...draft });
      await expect(edit(ADMINISTRATOR, nothing)).rejects.toMatchObject({ code: 'customer_users.last_administrator' });

      await aCustomerUser(admin, { customerId, roleIds: [other] });
      expect((await edit(ADMINISTRATOR, nothing)).role.customerId).toBe(customerId);
    });

    it('when two take the rights of each other at once', async () => {
      const all = await matrix(ADMINISTRATOR);
      const [mine, his] = [await aRole(product, { customerId, ...all }), await aRole(product, { customerId, ...all })];
      const [one, other] = [
        await aCustomerUser(admin, { customerId, roleIds: [mine] }),
        await aCustomerUser(admin, { customerId, roleIds: [his] }),
      ];
      await admin.delete(`/admin/api/customer-users/${boss.id}`);

      const outcomes = await Promise.allSettled([edit(his, nothing, undefined, one), edit(mine, nothing, undefined, other)]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'customer_users.last_administrator' },
      });
    });
  });
});
