import { created } from '../factories/created.js';
import { aDraft } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUserCaller, type UserBody } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

interface Owned {
  id: number;
  organizationId: number;
  owner: { id: number } | null;
}

describe('What a console user makes', () => {
  let product: Product;
  let admin: Caller;
  let organizationId: number;
  let customerId: number;
  let own: Caller & { user: UserBody };
  let colleague: Caller & { user: UserBody };

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    ({ id: organizationId } = await anOrganization(product));
    const caller = async (level: string) => {
      const actions = { view: level, create: level };
      const { id } = await aUserRole(admin, { permissions: { customer: actions, customer_user: actions } });
      return aUserCaller(product, { roleIds: [id] });
    };
    [own, colleague] = [await caller('own'), await caller('organization')];
    customerId = (await aCustomer(admin, { ownerId: colleague.user.id, salesRepresentativeIds: [own.user.id] })).id;
  });
  afterAll(() => product.close());

  const draftOf = { customers: () => ({ name: 'Made' }), 'customer-users': () => aDraft({ customerId }) };
  const create = (by: Caller, resource: keyof typeof draftOf, draft: object) =>
    by.post<Owned>(`/admin/api/${resource}`, { ...draftOf[resource](), ...draft });

  it.each(['customers', 'customer-users'] as const)('is his own at the level own, for %s', async (resource) => {
    const made = created(await create(own, resource, {}));
    expect(made.owner?.id).toBe(own.user.id);
    expect((await create(own, resource, { ownerId: own.user.id })).status).toBe(201);
    for (const ownerId of [colleague.user.id, null]) {
      const { status, body } = await own.post(`/admin/api/${resource}`, {
        ...draftOf[resource](),
        ownerId,
        salesRepresentativeIds: [own.user.id],
      });
      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: '/ownerId', code: 'auth.owner_not_self' })]]);
    }
    expect((await create(colleague, resource, { ownerId: own.user.id })).status).toBe(201);
  });

  it('is his own at the level own, for the customer that a person comes with', async () => {
    const { id } = await aUserRole(admin, {
      permissions: { customer: { view: 'own', create: 'own' }, customer_user: { view: 'organization', create: 'organization' } },
    });
    const one = await aUserCaller(product, { roleIds: [id] });

    const { customer } = created(
      await one.post<{ customer: { id: number } }>('/admin/api/customer-users', aDraft({ ownerId: colleague.user.id })),
    );

    expect((await one.get<Owned>(`/admin/api/customers/${customer.id}`)).body.owner?.id).toBe(one.user.id);
  });

  it.each(['customers', 'customer-users'] as const)('is of another organization with global access alone, for %s', async (resource) => {
    const draft = resource === 'customers' ? { name: 'Far' } : { ...aDraft(), roleIds: undefined };
    const post = (by: Caller) => by.post<Owned>(`/admin/api/${resource}`, { ...draft, organizationId });

    const { status, body } = await colleague.post(`/admin/api/${resource}`, { ...draft, organizationId });
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: '/organizationId', code: 'organizations.unknown' })]]);
    const made = created(await post(admin));
    expect([made.organizationId, made.owner]).toEqual([organizationId, null]);
    const listed = (await admin.get<Listed<Owned>>(`/admin/api/${resource}?filter[organizationId]=${organizationId}&limit=200`)).body.items;
    expect(listed.map(({ id }) => id)).toContain(made.id);
    expect(new Set(listed.map((row) => row.organizationId))).toEqual(new Set([organizationId]));
  });

  it('refers to what belongs to its organization alone', async () => {
    const buyer = (
      await admin.get<Listed<{ id: number }>>('/admin/api/customer-user-roles?filter[organizationId]=1&filter[code]=ROLE_FRONTEND_BUYER')
    ).body.items[0]?.id;
    const draft = {
      organizationId,
      customerId,
      ownerId: 1,
      salesRepresentativeIds: [1],
      websiteId: 1,
      roleIds: [buyer],
    };

    const { status, body } = await admin.post('/admin/api/customer-users', aDraft(draft));

    expect([status, body.errors?.map(({ pointer }) => pointer).sort()]).toEqual([
      400,
      ['/customerId', '/ownerId', '/roleIds/0', '/salesRepresentativeIds/0', '/websiteId'],
    ]);
  });
});
