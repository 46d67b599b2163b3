import { User, UserRoleAssignment } from '../../src/users/user.entity.js';
import { aPredefinedRole, aUserRole } from '../factories/user-roles.js';
import { aUser, aUserCaller, type UserBody } from '../factories/users.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/users';

describe('Administrators never lock themselves or everybody out', () => {
  let product: Product;
  let first: Caller;
  let administratorId: number;
  const firstId = 1;

  beforeAll(async () => {
    product = await startProduct();
    administratorId = (await aPredefinedRole(product.admin, 'Administrator')).id;
  });
  afterAll(() => product.close());

  /** The first admin alone holds everything. */
  beforeEach(async () => {
    const { work } = product;
    await work.repository(UserRoleAssignment).delete({ roleId: administratorId });
    await work.repository(UserRoleAssignment).insert({ userId: firstId, roleId: administratorId });
    await work.repository(User).update({ id: firstId }, { enabled: true, globalAccess: true });
    product.admin = product.as((await product.logInAdmin()).accessToken);
    first = product.admin;
  });

  const aSecond = () => aUserCaller(product, { roleIds: [administratorId], globalAccess: true });
  const versionOf = async (id: number) => (await first.get<UserBody>(`${PATH}/${id}`)).body.version;

  it('by disabling or deleting themselves, or leaving themselves without the right to change users', async () => {
    await aSecond();
    const role = await aUserRole(first, { permissions: { user: { view: 'global' } } });
    const url = `${PATH}/${firstId}`;
    const version = await versionOf(firstId);

    const answers = [
      await first.patch(url, { enabled: false }),
      await first.delete(url),
      await first.patch(url, { roleIds: [] }),
      await first.patch(url, { roleIds: [role.id] }),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'users.cannot_disable_self'],
      [409, 'users.cannot_delete_self'],
      [409, 'users.cannot_demote_self'],
      [409, 'users.cannot_demote_self'],
    ]);
    expect(await versionOf(firstId)).toBe(version);
  });

  it('by taking the last administrator away, whoever does it', async () => {
    const limited = await aUserRole(first, { permissions: { user: { view: 'global', edit: 'global', delete: 'global' } } });
    const helper = await aUserCaller(product, { globalAccess: true, roleIds: [limited.id] });
    const editor = await aUserRole(first, {
      permissions: { user: { view: 'global', edit: 'global' }, user_role: { view: 'global', edit: 'global' } },
    });
    const url = `${PATH}/${firstId}`;
    const version = await versionOf(firstId);
    const matrix = `/admin/api/user-roles/${administratorId}/permissions`;
    const { permissions, capabilities } = (await first.get<{ permissions: Record<string, object>; capabilities: object }>(matrix)).body;

    const answers = [
      await helper.patch(url, { enabled: false }),
      await helper.delete(url),
      await helper.patch(url, { roleIds: [] }),
      await helper.patch(url, { globalAccess: false }),
      await first.patch(url, { globalAccess: false }),
      await first.patch(url, { roleIds: [editor.id] }),
      await first.put(matrix, { permissions: { ...permissions, customer: { view: 'own' } }, capabilities }),
      await first.delete(`/admin/api/user-roles/${administratorId}`),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      ...Array.from({ length: 7 }, () => [409, 'users.last_administrator']),
      [409, 'user_roles.in_use'],
    ]);
    expect(await versionOf(firstId)).toBe(version);
  });

  it('while a disabled one, or one who cannot log in, does not count', async () => {
    await aUser(first, { roleIds: [administratorId], globalAccess: true, password: undefined });
    await aUser(first, { roleIds: [administratorId], globalAccess: true, enabled: false });

    expect((await first.patch(`${PATH}/${firstId}`, { globalAccess: false })).body.code).toBe('users.last_administrator');
    await aSecond();
    expect((await first.patch(`${PATH}/${firstId}`, { globalAccess: false })).status).toBe(200);
  });

  it.each([
    ['demote', (caller: Caller, id: number) => caller.patch(`${PATH}/${id}`, { roleIds: [] })],
    ['disable', (caller: Caller, id: number) => caller.patch(`${PATH}/${id}`, { enabled: false })],
    ['delete', (caller: Caller, id: number) => caller.delete(`${PATH}/${id}`)],
  ])('when two %s each other at once: one is left', async (_act, act) => {
    const second = await aSecond();

    const answers = await Promise.all([act(first, second.user.id), act(second, firstId)]);

    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    const holders = await product.work.repository(UserRoleAssignment).findBy({ roleId: administratorId });
    const left = holders.map(({ userId }) => ({ id: userId, enabled: true, globalAccess: true }));
    expect(await product.work.repository(User).countBy(left)).toBe(1);
  });
});
