import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { type Product, startProduct } from '../support/product.js';

describe('What one does for others', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  it('is no application with the rights of a console user whom one may only see', async () => {
    const caller = await aConsoleCaller(product, { rights: { 'user:view': 'organization', 'oauth_application:create': 'organization' } });
    const draft = { name: 'Borrowed rights' };

    const foreign = await caller.post('/admin/api/users/1/oauth-applications', draft);

    expect([foreign.status, foreign.body.code, foreign.body.detail]).toEqual([
      403,
      'auth.permission_missing',
      'This needs the permission user:edit.',
    ]);
    expect((await caller.post(`/admin/api/users/${caller.userId}/oauth-applications`, draft)).status).toBe(201);
    expect((await product.admin.post(`/admin/api/users/${caller.userId}/oauth-applications`, { name: 'Given by the admin' })).status).toBe(
      201,
    );
  });

  it('is no export of every organization, handed on to who sees one', async () => {
    const colleague = await aConsoleCaller(product);
    const everything = await product.admin.post<{ id: number }>('/admin/api/exports', { entity: 'customer-users' });
    const own = await colleague.post<{ id: number }>('/admin/api/exports', { entity: 'customer-users' });

    expect([everything.status, own.status]).toEqual([201, 201]);
    expect((await colleague.get(`/admin/api/exports/${everything.body.id}`)).status).toBe(404);
    expect((await colleague.get(`/admin/api/exports/${everything.body.id}/file`)).status).toBe(404);
    expect((await (await aConsoleCaller(product)).get(`/admin/api/exports/${own.body.id}`)).status).toBe(200);
    expect((await product.admin.get(`/admin/api/exports/${own.body.id}`)).status).toBe(200);
  });

  it('is no application in an organization where its owner does not act', async () => {
    const { body: organization } = await product.admin.post<{ id: number }>('/admin/api/organizations', { name: 'Elsewhere' });
    const local = await aConsoleUser(product);
    const everywhere = await aConsoleUser(product, { globalAccess: true });
    const draft = { name: 'Moved', organizationId: organization.id };
    const give = (id: number, sent: object) => product.admin.post<{ id: number }>(`/admin/api/users/${id}/oauth-applications`, sent);
    const refused = { status: 400, body: { errors: [{ pointer: '/organizationId', code: 'oauth_applications.organization_refused' }] } };
    const { body: own } = await give(local.id, { name: 'Own' });

    expect(await give(local.id, draft)).toMatchObject(refused);
    expect(await product.admin.patch(`/admin/api/oauth-applications/${own.id}`, { organizationId: organization.id })).toMatchObject(
      refused,
    );
    expect(await give(everywhere.id, draft)).toMatchObject({ status: 201, body: { organization: { id: organization.id } } });
  });

  it('is no password or email address that an application sets for its owner, who may do more', async () => {
    const caller = await aConsoleCaller(product);
    const path = `/admin/api/users/${caller.userId}`;
    const acting = async (scopes?: string[]) => {
      const application = await caller.post<{ clientId: string; clientSecret: string }>(`${path}/oauth-applications`, {
        name: `Takes over ${scopes?.length}`,
        ...(scopes && { scopes }),
      });
      const { clientId, clientSecret } = application.body;
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      return product.as((await product.nobody.post<{ access_token: string }>('/oauth2-token', form)).body.access_token);
    };
    const less = await acting(['user:view', 'user:edit']);
    const equal = await acting();

    for (const change of [{ password: 'Correct-horse-9' }, { email: 'taken.over@merchant.example' }])
      expect(await less.patch(path, change)).toMatchObject({ status: 403, body: { code: 'user_roles.above_own_rights' } });
    expect((await less.patch(path, { lastName: 'Renamed' })).status).toBe(200);
    expect((await equal.patch(path, { email: 'moved@merchant.example' })).status).toBe(200);
  });

  it('is written into the history under names of any length', async () => {
    const caller = await aConsoleCaller(product, { lastName: 'L'.repeat(255) });
    const application = await caller.post<{ clientId: string; clientSecret: string }>(
      `/admin/api/users/${caller.userId}/oauth-applications`,
      {
        name: 'N'.repeat(255),
      },
    );
    const { clientId, clientSecret } = application.body;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const token = await product.nobody.post<{ access_token: string }>('/oauth2-token', form);

    expect((await product.as(token.body.access_token).post('/admin/api/customers', { name: 'Made by an application' })).status).toBe(201);
  });
});
