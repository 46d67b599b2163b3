import type { Level } from '../../src/platform/context/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aRole, aRoleOverHttp, ADMINISTRATOR, BUYER, type RoleBody } from '../factories/customer-user-roles.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-user-roles';

describe('The customer users of a role', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const members = (id: number) => `${PATH}/${id}/customer-users`;
  const idsOf = async (id: number, caller = admin, query = '') =>
    (await caller.get<Listed<CustomerUserBody>>(`${members(id)}?${query}`)).body.items.map((person) => person.id);
  const put = (id: number, customerUserIds: number[], caller = admin) =>
    caller.put<{ customerUserIds: number[]; added: number; removed: number } & Refused>(members(id), { customerUserIds });
  const rolesOf = async ({ id }: { id: number }) =>
    (await admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body.roles.map((role) => role.id);
  const faultsOf = ({ status, body: { errors = [] } }: { status: number; body: Refused }) => [
    status,
    ...errors.map(({ pointer, code }) => `${pointer} ${code}`),
  ];

  it('are chosen from its side: these have it, and no others', async () => {
    const { id } = await aRoleOverHttp(admin);
    const [one, two, three] = [await aCustomerUser(admin), await aCustomerUser(admin), await aCustomerUser(admin)];

    expect((await put(id, [two.id, one.id])).body).toEqual({ customerUserIds: [one.id, two.id], added: 2, removed: 0 });
    expect((await put(id, [two.id, three.id])).body).toEqual({ customerUserIds: [two.id, three.id], added: 1, removed: 1 });
    expect((await put(id, [two.id, three.id])).body).toMatchObject({ added: 0, removed: 0 });

    expect([await rolesOf(one), await rolesOf(two), await rolesOf(three)]).toEqual([[BUYER], [BUYER, id], [BUYER, id]]);
    expect((await admin.get<RoleBody>(`${PATH}/${id}`)).body).toMatchObject({ userCount: 2, version: 1 });
    const { body } = await admin.get<CustomerUserBody>(`/admin/api/customer-users/${two.id}`);
    expect(body.version).toBe(two.version + 1);
    expect((await historyOf(product, 'customer_user', one.id)).slice(1).map(({ changes }) => changes)).toEqual([
      { roleIds: { old: [BUYER], new: [BUYER, id] } },
      { roleIds: { old: [BUYER, id], new: [BUYER] } },
    ]);
  });

  it('are listed as customer users are', async () => {
    const { id } = await aRoleOverHttp(admin);
    const people = [await aCustomerUser(admin, { lastName: 'Zabel' }), await aCustomerUser(admin, { lastName: 'Adler' })];
    await put(
      id,
      people.map((person) => person.id),
    );

    expect(await idsOf(id, admin, 'sort=lastName')).toEqual([people[1]?.id, people[0]?.id]);
    expect(await idsOf(id, admin, 'filter[lastName]=Zabel')).toEqual([people[0]?.id]);
    const { body } = await admin.get<Listed>(`${members(id)}?limit=1&total=true`);
    expect(body.page.total).toBe(2);
    expect((await admin.get(members(999_999))).status).toBe(404);
  });

  it('lose it one by one', async () => {
    const { id } = await aRoleOverHttp(admin);
    const person = await aCustomerUser(admin, { roleIds: [BUYER, id] });

    expect((await admin.delete(`${members(id)}/${person.id}`)).status).toBe(204);
    expect(await rolesOf(person)).toEqual([BUYER]);
    expect((await admin.delete(`${members(id)}/${person.id}`)).status).toBe(404);
    expect((await admin.delete(`${members(id)}/999999`)).status).toBe(404);
  });

  it('keep it where they are enabled and have no other, and are named', async () => {
    const { id } = await aRoleOverHttp(admin);
    const only = await aCustomerUser(admin, { roleIds: [id], firstName: 'Brenda', lastName: 'Hayes' });
    const [disabled, both] = [
      await aCustomerUser(admin, { roleIds: [id], enabled: false }),
      await aCustomerUser(admin, { roleIds: [id, BUYER] }),
    ];

    const answers = [await put(id, []), await admin.delete(`${members(id)}/${only.id}`)];

    expect(answers.map(({ status, body }) => [status, body.code, body.detail])).toEqual(
      answers.map(() => [
        409,
        'customer_users.roles_missing',
        'You cannot remove the last role from Brenda Hayes: who is enabled needs at least one.',
      ]),
    );
    expect(await idsOf(id)).toEqual([only.id, disabled.id, both.id]);
    expect((await put(id, [only.id])).body.removed).toBe(2);
    expect([await rolesOf(disabled), await rolesOf(both)]).toEqual([[], [BUYER]]);
  });

  it('are those of its customer, where it has one, and those who are there', async () => {
    const [ours, theirs] = [await aCustomer(admin), await aCustomer(admin)];
    const { id } = await aRoleOverHttp(admin, { customerId: ours.id });
    const [one, other] = [await aCustomerUser(admin, { customerId: ours.id }), await aCustomerUser(admin, { customerId: theirs.id })];

    expect(faultsOf(await put(id, [one.id, other.id, 999_999]))).toEqual([
      400,
      '/customerUserIds/1 customer_users.role_of_other_customer',
      '/customerUserIds/2 roles.customer_user_unknown',
    ]);
    expect(faultsOf(await admin.put<Refused>(members(id), { customerUserIds: [one.id, one.id] }))).toEqual([
      400,
      '/customerUserIds repeated',
    ]);
    expect(await idsOf(id)).toEqual([]);
  });

  it('are none of those who were erased', async () => {
    const { id } = await aRoleOverHttp(admin);
    const person = await aCustomerUser(admin);
    const { body: erased } = await admin.post<CustomerUserBody>(`/admin/api/customer-users/${person.id}/erase`);

    expect(faultsOf(await put(id, [person.id]))).toEqual([400, '/customerUserIds/0 customer_users.erased']);
    expect((await admin.get<CustomerUserBody>(`/admin/api/customer-users/${person.id}`)).body).toEqual(erased);
  });

  it('whom the caller may not edit are neither given it nor lose it', async () => {
    const { id } = await aRoleOverHttp(admin);
    const rights: Record<string, Level> = {
      ...{ 'customer_user:view': 'organization', 'customer_user:edit': 'own' },
      ...{ 'customer_user_role:view': 'organization', 'customer_user_role:assign': 'organization' },
    };
    const limited = await aConsoleCaller(product, { rights });
    const [own, foreign, stranger] = [
      await aCustomerUser(admin, { ownerId: limited.userId }),
      await aCustomerUser(admin, { roleIds: [BUYER, id] }),
      await aCustomerUser(admin),
    ];

    expect(faultsOf(await put(id, [stranger.id], limited))).toEqual([400, '/customerUserIds/0 roles.customer_user_unknown']);
    expect((await put(id, [own.id], limited)).body).toEqual({ customerUserIds: [own.id], added: 1, removed: 0 });
    expect(await idsOf(id, limited)).toEqual([own.id, foreign.id]);
    expect((await limited.delete(`${members(id)}/${foreign.id}`)).status).toBe(403);
  });

  it('are chosen by who may assign roles, and does not give more than he may do', async () => {
    const person = await aCustomerUser(admin);
    const edits: Record<string, Level> = {
      'customer_user:view': 'organization',
      'customer_user:edit': 'organization',
      'customer_user_role:view': 'organization',
    };
    const [editor, assigner] = [
      await aConsoleCaller(product, { rights: edits }),
      await aConsoleCaller(product, { rights: { ...edits, 'customer_user_role:assign': 'organization' } }),
    ];
    const harmless = await aRole(product, { permissions: { customer_user: { edit: 'hierarchy' } } });

    expect((await put(harmless, [person.id], editor)).body.detail).toBe('This needs the permission customer_user_role:assign.');
    expect((await put(harmless, [person.id], assigner)).status).toBe(200);
    const refused = await put(ADMINISTRATOR, [person.id], assigner);
    expect([refused.status, refused.body.code, refused.body.errors?.[0]?.pointer]).toEqual([
      ...[403, 'roles.above_own_rights', '/customerUserIds'],
    ]);
  });

  it('are never left enabled without a role, when it is taken from both sides at once', async () => {
    const { id: first } = await aRoleOverHttp(admin);
    const { id: second } = await aRoleOverHttp(admin);
    const people = [];
    for (let made = 0; made < 6; made += 1) people.push(await aCustomerUser(admin, { roleIds: [first, second] }));

    const answers = await Promise.all(
      people.flatMap(({ id }) => [
        admin.delete(`${members(first)}/${id}`),
        admin.post<{ items: { status: string }[] }>('/admin/api/customer-users/bulk', {
          action: 'remove-roles',
          ids: [id],
          roleIds: [second],
        }),
      ]),
    );

    for (const [index, person] of people.entries()) {
      const [fromRole, fromPerson] = [answers[2 * index], answers[2 * index + 1]];
      const failed = (fromPerson?.body as { items: { status: string }[] } | undefined)?.items[0]?.status === 'failed';
      expect([fromRole?.status, failed]).toEqual(fromRole?.status === 204 ? [204, true] : [409, false]);
      expect(await rolesOf(person)).toHaveLength(1);
    }
  });

  it('are of its customer when it is given to one while another gets it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ours, theirs] = [await aCustomer(admin), await aCustomer(admin)];
      const { id } = await aRoleOverHttp(admin);
      const person = await aCustomerUser(admin, { customerId: theirs.id });

      const [given, assigned] = await Promise.all([
        admin.patch(`${PATH}/${id}`, { customerId: ours.id }),
        admin.patch(`/admin/api/customer-users/${person.id}`, { roleIds: [BUYER, id] }),
      ]);

      expect([given.status, [200, 400].includes(assigned.status)]).toEqual([200, true]);
      expect(await idsOf(id)).toEqual([]);
      expect(await rolesOf(person)).toEqual([BUYER]);
    }
  });
});
