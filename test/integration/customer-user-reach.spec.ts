import { PermissionCatalog } from '../../src/platform/authorization/index.js';
import type { Level } from '../../src/platform/context/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, aDraft, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { BODY_ROUTES } from '../support/bad-input/routes.js';
import { aWorld } from '../support/bad-input/world.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface ApiDocument {
  paths: Record<string, Record<string, { requestBody?: { content: object }; 'x-required-permission'?: string }>>;
}

describe('Customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const emailsOf = async (caller: Caller, query = '') =>
    (await caller.get<Listed<CustomerUserBody>>(`${PATH}?${query}`)).body.items.map(({ email }) => email);

  describe('who are not reached', () => {
    /** Every route of a customer user, with a body that it would take; uploads are left out. */
    async function routesOf(person: CustomerUserBody) {
      const { paths } = (await admin.get<ApiDocument>('/docs/admin-json')).body;
      const world = await aWorld(product);
      return Object.entries(paths).flatMap(([path, verbs]) => {
        if (!path.startsWith(`${PATH}/{id}`)) return [];
        return VERBS.flatMap((verb) => {
          const operation = verbs[verb];
          if (!operation || JSON.stringify(operation.requestBody ?? '').includes('multipart')) return [];
          const method = verb.toUpperCase() as 'GET';
          const route = path.replace('{id}', ':id');
          const known = BODY_ROUTES.find((candidate) => candidate.route === route && candidate.method === (method as string));
          const url = path.replace('{id}', String(person.id)).replaceAll(/\{\w+\}/g, '1');
          return [
            { method, url, body: operation.requestBody && (known?.body(world) ?? {}), permission: operation['x-required-permission'] },
          ];
        });
      });
    }

    it('because they are of another organization, are not there for any route', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const ours = await aCustomerUser(admin, { confirmed: false });
      const routes = await routesOf(ours);

      const statuses = await Promise.all(
        routes.map(async ({ method, url, body }) => `${method} ${url} ${(await stranger.call(method, url, body)).status}`),
      );

      expect(statuses).toEqual(routes.map(({ method, url }) => `${method} ${url} 404`));
      expect(statuses.length).toBeGreaterThan(10);
      expect((await admin.get<CustomerUserBody>(`${PATH}/${ours.id}`)).body).toEqual(ours);
    });

    it('because they are not the own ones of somebody who may do everything with his own, are not there for any route', async () => {
      const ours = await aCustomerUser(admin, { confirmed: false, ownerId: null });
      const routes = await routesOf(ours);
      const entities = product.inside(PermissionCatalog).entities('backend');
      // Some entities offer no level below the organization.
      const levelOf = (permission: string): Level =>
        entities.find(({ entity }) => permission.startsWith(`${entity}:`))?.levels.backend?.includes('own') ? 'own' : 'organization';
      const rights = Object.fromEntries(routes.flatMap(({ permission }) => (permission ? [[permission, levelOf(permission)]] : [])));
      const representative = await aConsoleCaller(product, { rights: { ...rights, 'customer_user:view': 'own' } });

      const statuses = await Promise.all(
        routes.map(async ({ method, url, body }) => `${method} ${url} ${(await representative.call(method, url, body)).status}`),
      );

      expect(statuses).toEqual(routes.map(({ method, url }) => `${method} ${url} 404`));
      expect((await admin.get<CustomerUserBody>(`${PATH}/${ours.id}`)).body).toEqual(ours);
    });
  });

  describe('are kept apart', () => {
    it('by organization: those of another one are not there, for reads and for writes', async () => {
      const { id: organizationId, websiteId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const ours = await aCustomerUser(admin);
      const theirs = await aCustomerUser(stranger, { email: ours.email });

      expect(theirs).toMatchObject({ organizationId, website: { id: websiteId } });
      expect(await emailsOf(stranger)).toEqual([ours.email]);
      const refused = await stranger.patch(`${PATH}/${theirs.id}`, {
        ...{ customerId: ours.customer.id, ownerId: 1, salesRepresentativeIds: [1], websiteId: 1, roleIds: [1] },
      });
      expect(refused.body.errors?.map(({ code }) => code)).toEqual([
        'customer_users.customer_unknown',
        'customer_users.owner_unknown',
        'customer_users.sales_representative_unknown',
        'customer_users.website_unknown',
        'customer_users.role_unknown',
      ]);
    });

    it('by organization also for somebody with every level but without global access, and not for somebody with it', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const theirs = await aCustomerUser(stranger);
      const local = await aConsoleCaller(product);
      const filter = `filter[email]=${theirs.email}`;

      expect(await emailsOf(local, filter)).toEqual([]);
      expect(await emailsOf(admin, filter)).toEqual([theirs.email]);
      expect((await admin.patch<CustomerUserBody>(`${PATH}/${theirs.id}`, { firstName: 'Reached' })).body.firstName).toBe('Reached');
    });

    it('by owner, for those whose role reaches no more than their own', async () => {
      const caller = await aConsoleCaller(product, {
        rights: {
          ...{ 'customer_user:view': 'own', 'customer_user:edit': 'own', 'customer_user:delete': 'own' },
          ...{ 'customer_user:create': 'own', 'customer:view': 'organization' },
        },
      });
      const customer = await aCustomer(admin);
      const foreign = await aCustomerUser(admin);
      const own = await aCustomerUser(caller, { customerId: customer.id, ownerId: caller.userId });

      expect(await emailsOf(caller)).toEqual([own.email]);
      expect((await caller.get(`${PATH}/${foreign.id}`)).status).toBe(404);
      expect((await caller.patch(`${PATH}/${foreign.id}`, { firstName: 'Taken' })).status).toBe(404);
      expect((await caller.patch(`${PATH}/${own.id}`, { firstName: 'Nancy' })).status).toBe(200);
      expect((await caller.delete(`${PATH}/${own.id}`)).status).toBe(204);
    });

    it('by act: whom one sees but may not change is refused with the permission', async () => {
      const caller = await aConsoleCaller(product, {
        rights: { 'customer_user:view': 'organization', 'customer_user:edit': 'own', 'customer_user:delete': 'own' },
      });
      const { id } = await aCustomerUser(admin);

      const details = [
        await caller.patch(`${PATH}/${id}`, { firstName: 'Taken' }),
        await caller.post(`${PATH}/${id}/disable`),
        await caller.delete(`${PATH}/${id}`),
        await caller.post(PATH, aDraft()),
      ].map(({ status, body }) => `${status} ${body.detail}`);

      expect(details).toEqual([
        '403 This needs the permission customer_user:edit.',
        '403 This needs the permission customer_user:edit.',
        '403 This needs the permission customer_user:delete.',
        '403 This needs the permission customer_user:create.',
      ]);
    });

    it('by customer: nobody is put into a customer whom the caller cannot see', async () => {
      const caller = await aConsoleCaller(product, {
        rights: { 'customer_user:view': 'organization', 'customer_user:create': 'organization', 'customer:view': 'own' },
      });
      const { id: customerId } = await aCustomer(admin);

      expect((await caller.post(PATH, aDraft({ customerId }))).body.errors?.[0]?.code).toBe('customer_users.customer_unknown');
    });
  });
});
