import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aRole, ADMINISTRATOR, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

interface Application {
  id: number;
  clientId: string;
  clientSecret: string;
  scopes: string[];
}

const ROUTE = '/admin/api/oauth-applications';
const ofCustomerUser = (id: number) => `/admin/api/customer-users/${id}/oauth-applications`;
const ofUser = (id: number) => `/admin/api/users/${id}/oauth-applications`;

describe('The scopes of an application', () => {
  let product: Product;
  let buyerId: number;
  let made = 0;
  const give = async (path: string, scopes?: string[], caller: Caller = product.admin) =>
    caller.post<Application>(path, { name: `Connector ${(made += 1)}`, ...(scopes && { scopes }) });
  const tokenOf = async ({ clientId: client_id, clientSecret: client_secret }: Application) => {
    const form = { grant_type: 'client_credentials', client_id, client_secret };
    return (await product.nobody.post<{ access_token: string; scope: string }>('/oauth2-token', form)).body;
  };
  const acting = async (application: Application) => product.as((await tokenOf(application)).access_token);

  beforeAll(async () => {
    product = await startProduct();
    buyerId = (await aCustomerUser(product.admin, { roleIds: [BUYER] })).id;
  });
  afterAll(() => product.close());

  const REFUSED = {
    status: 400,
    body: {
      code: 'validation.failed',
      errors: [
        { pointer: '/scopes/3', code: 'oauth_applications.scope_unknown' },
        { pointer: '/scopes/1', code: 'oauth_applications.scope_above_owner' },
        {
          pointer: '/scopes/2',
          code: 'oauth_applications.scope_above_owner',
          detail: 'The owner has no right to import, so his application cannot have it either.',
        },
      ],
    },
  };
  const ABOVE = ['customer_user:view', 'customer_user:delete', 'import', 'customer_user:fly'];

  it('are refused above the rights of its owner, all of them named, when it is made', async () => {
    const storefront = ['customer_user:view', 'customer_user:delete'];
    const refused = await give(ofCustomerUser(buyerId), storefront);
    expect(refused).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            pointer: '/scopes/1',
            code: 'oauth_applications.scope_above_owner',
            detail: 'The owner has no right to customer_user:delete, so his application cannot have it either.',
          },
        ],
      },
    });
    const seller = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization' } });
    expect(await give(ofUser(seller.userId), ABOVE)).toMatchObject(REFUSED);
  });

  it('are refused above the rights of its owner when it is edited', async () => {
    const seller = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization' } });
    const { id } = created(await give(ofUser(seller.userId), ['customer_user:view']));
    expect(await product.admin.patch(`${ROUTE}/${id}`, { scopes: ABOVE })).toMatchObject(REFUSED);
    expect((await product.admin.get<Application>(`${ROUTE}/${id}`)).body.scopes).toEqual(['customer_user:view']);
  });

  it('are all that its owner has a right to when none are named', async () => {
    const seller = await aConsoleCaller(product, { rights: { 'customer:view': 'own', 'order:view': 'none' }, capabilities: ['export'] });
    expect(created(await give(ofUser(seller.userId))).scopes).toEqual(['customer:view', 'export']);
    const buyer = created(await give(ofCustomerUser(buyerId)));
    expect(buyer.scopes).toContain('customer_user:view');
    expect(buyer.scopes).not.toContain('customer_user:delete');
    expect((await tokenOf(buyer)).scope.split(' ').sort()).toEqual(buyer.scopes);
  });

  it('follow the roles of an owner who may not act at the moment', async () => {
    const { id } = await aCustomerUser(product.admin, { roleIds: [BUYER], enabled: false });
    expect((await give(ofCustomerUser(id), ['customer_user:view'])).status).toBe(201);
    expect((await give(ofCustomerUser(id), ['customer_user:delete'])).status).toBe(400);
  });

  it('stay when its owner loses rights, which cuts its tokens; none come back by an edit', async () => {
    const roleIds = [await aRole(product, { permissions: { customer_user: { view: 'customer' } } })];
    const owner = await aCustomerUser(product.admin, { roleIds: [ADMINISTRATOR] });
    const scopes = ['customer_user:edit', 'customer_user:view'];
    const application = created(await give(ofCustomerUser(owner.id), scopes));
    await product.admin.patch(`/admin/api/customer-users/${owner.id}`, { roleIds });
    const edit = (change: object) => product.admin.patch<Application>(`${ROUTE}/${application.id}`, change);

    expect((await tokenOf(application)).scope).toBe('customer_user:view');
    expect(await edit({ name: 'Renamed' })).toMatchObject({ status: 200, body: { scopes } });
    expect(await edit({ name: 'Sent back whole', scopes })).toMatchObject({ status: 200, body: { scopes } });
    expect(await edit({ scopes: [...scopes, 'customer_user:create'] })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/scopes/2', code: 'oauth_applications.scope_above_owner' }] },
    });
    expect(await edit({ scopes: ['customer_user:view'] })).toMatchObject({ status: 200, body: { scopes: ['customer_user:view'] } });
    expect((await edit({ scopes })).status).toBe(400);
  });

  describe('given by an application', () => {
    const OWN = ['oauth_application:create', 'oauth_application:edit', 'oauth_application:view', 'customer_user:view', 'user:view'].sort();
    const beyond = { status: 403, body: { code: 'oauth_applications.above_own_rights' } };
    let application: Application;
    let caller: Caller;

    beforeAll(async () => {
      application = created(await give(ofUser(1), OWN));
      caller = await acting(application);
    });

    it('are none that it does not have itself, be it to itself', async () => {
      const scopes = [...OWN, 'customer_user:delete'];
      expect(await caller.patch(`${ROUTE}/${application.id}`, { scopes })).toMatchObject({
        ...beyond,
        body: { ...beyond.body, errors: [{ pointer: '/scopes/5' }] },
      });
      expect(await give(ofUser(1), scopes, caller)).toMatchObject(beyond);
      expect(await give(ofCustomerUser(buyerId), ['customer:view'], caller)).toMatchObject(beyond);
      expect(created(await give(ofCustomerUser(buyerId), ['customer_user:view'], caller)).scopes).toEqual(['customer_user:view']);
    });

    it('are its own at most when none are named', async () => {
      expect(created(await give(ofUser(1), undefined, caller)).scopes).toEqual(OWN);
    });

    it('do not come with the secret of an application that has more', async () => {
      const larger = created(await give(ofUser(1), ['customer_user:delete']));
      const equal = created(await give(ofUser(1), ['customer_user:view']));
      expect(await caller.post(`${ROUTE}/${larger.id}/secrets`, {})).toMatchObject(beyond);
      expect((await caller.post(`${ROUTE}/${equal.id}/secrets`, {})).status).toBe(201);
    });
  });

  describe('given for a customer user by who may do less', () => {
    const RIGHTS = {
      'oauth_application:view': 'global',
      'oauth_application:create': 'global',
      'oauth_application:edit': 'global',
      'customer_user:view': 'global',
    } as const;
    const beyond = { status: 403, body: { code: 'oauth_applications.above_own_rights' } };
    let ownerId: number;
    beforeAll(async () => {
      ownerId = (await aCustomerUser(product.admin, { roleIds: [ADMINISTRATOR] })).id;
    });

    it('are those that he holds himself', async () => {
      const caller = await aConsoleCaller(product, { rights: RIGHTS });
      for (const scope of ['customer_user:create', 'update_own_profile'])
        expect(await give(ofCustomerUser(ownerId), ['customer_user:view', scope], caller)).toMatchObject({
          ...beyond,
          body: { ...beyond.body, errors: [{ pointer: '/scopes/1' }] },
        });
      expect(created(await give(ofCustomerUser(ownerId), undefined, caller)).scopes).toEqual(['customer_user:view']);
    });

    it('are what a role of his making could allow', async () => {
      const own = await aConsoleCaller(product, { rights: { ...RIGHTS, 'customer_user:edit': 'own' } });
      const all = await aConsoleCaller(product, { rights: { ...RIGHTS, 'customer_user:edit': 'organization' } });
      const roleIds = [await aRole(product, { permissions: { customer_user: { view: 'hierarchy', edit: 'hierarchy' } } })];
      const { id } = await aCustomerUser(product.admin, { roleIds });
      expect(await give(ofCustomerUser(id), ['customer_user:edit'], own)).toMatchObject(beyond);
      expect((await give(ofCustomerUser(id), ['customer_user:edit'], all)).status).toBe(201);
      expect((await give(ofCustomerUser(ownerId), ['update_own_profile'], all)).status).toBe(201);
    });

    it('do not come with a secret', async () => {
      const caller = await aConsoleCaller(product, { rights: RIGHTS });
      const larger = created(await give(ofCustomerUser(ownerId), ['customer_user:create']));
      const equal = created(await give(ofCustomerUser(ownerId), ['customer_user:view']));
      expect(await caller.post(`${ROUTE}/${larger.id}/secrets`, {})).toMatchObject(beyond);
      expect((await caller.post(`${ROUTE}/${equal.id}/secrets`, {})).status).toBe(201);
    });
  });

  it('are not widened by who may do less than the owner', async () => {
    const { id } = created(await give(ofUser(1), ['customer_user:view']));
    const caller = await aConsoleCaller(product, { rights: { 'oauth_application:view': 'global', 'oauth_application:edit': 'global' } });
    expect(await caller.patch(`${ROUTE}/${id}`, { scopes: ['customer_user:view', 'user:edit'] })).toMatchObject({
      status: 403,
      body: { code: 'user_roles.above_own_rights' },
    });
    expect((await caller.patch(`${ROUTE}/${id}`, { name: 'Renamed by less' })).status).toBe(200);
  });
});
