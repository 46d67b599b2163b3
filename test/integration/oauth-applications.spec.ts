import { type ApplicationBody, type Json, OAuthApp, readToken } from '../support/oauth-app.js';

describe('OAuth applications in the admin API', () => {
  let app: OAuthApp;
  const me = (token: string) => app.call<Json>('GET', '/api/me', { token });

  beforeAll(async () => {
    app = await OAuthApp.start();
  });
  afterAll(() => app.close());

  it('are created with an id and a secret that is shown once', async () => {
    const path = `/customer-users/${app.buyerId}/oauth-applications`;
    const { status, body, headers } = await app.act<ApplicationBody>('POST', path, {
      name: 'Shown once',
      scopes: ['customer_user:view'],
    });
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/admin/api/oauth-applications/${body.id}`);
    expect(body.clientSecret).toMatch(/^cis_/);
    expect(body.clientId.length).toBeLessThanOrEqual(32);
    expect(body).toMatchObject({
      active: true,
      scopes: ['customer_user:view'],
      owner: { type: 'customer-user', id: app.buyerId, fullName: 'Amanda Cole' },
      organization: { name: 'Main organization' },
      secrets: [{ hint: body.clientSecret.slice(-4), expiresAt: null, lastUsedAt: null }],
      lastUsedAt: null,
      warning: null,
    });
    const again = await app.act<ApplicationBody>('GET', `/oauth-applications/${body.id}`);
    expect(again.body).not.toHaveProperty('clientSecret');
    expect(JSON.stringify(await app.execute('SELECT * FROM oauth_secrets'))).not.toContain(body.clientSecret);
    expect(JSON.stringify(await app.execute('SELECT * FROM history_entries'))).not.toContain(body.clientSecret);
  });

  it('are told to their owner by mail, without the secret', async () => {
    const { clientSecret, clientId } = await app.anApplication('Announced');
    const deadline = Date.now() + 10_000;
    let announced: string | undefined;
    while (announced === undefined && Date.now() < deadline) announced = (await app.written()).find((text) => text.includes(clientId));
    expect(announced).toContain('Announced');
    expect(announced).not.toContain(clientSecret);
  });

  it('refuse a name that the owner has used, and nobody else', async () => {
    await app.anApplication('Twice');
    const second = await app.act<Json>('POST', `/customer-users/${app.buyerId}/oauth-applications`, { name: 'Twice' });
    expect(second).toMatchObject({ status: 409, body: { code: 'oauth_applications.name_taken' } });
    const other = await app.aCustomerUser('other.owner@acme.example');
    expect((await app.anApplication('Twice', {}, other)).name).toBe('Twice');
  });

  it('refuse scopes that the catalog does not have', async () => {
    const draft = { name: 'Scopes', scopes: ['customer_user:view', 'customer_user:fly'] };
    const { status, body } = await app.act<Json>('POST', `/customer-users/${app.buyerId}/oauth-applications`, draft);
    expect({ status, errors: body['errors'] }).toMatchObject({
      status: 400,
      errors: [{ pointer: '/scopes/1', code: 'oauth_applications.scope_unknown' }],
    });
  });

  it.each<[string, object, number]>([
    ['no name', {}, 400],
    ['an unknown member', { name: 'x', clientId: 'mine' }, 400],
    ['a wrong type', { name: 'x', active: 'yes' }, 400],
    ['an organization that does not exist', { name: 'x', organizationId: 999 }, 400],
  ])('refuse %s', async (_case, draft, status) => {
    expect((await app.act('POST', `/customer-users/${app.buyerId}/oauth-applications`, draft)).status).toBe(status);
  });

  it('answer 404 for an owner or an application that is not there', async () => {
    expect((await app.act('POST', '/customer-users/99999/oauth-applications', { name: 'x' })).status).toBe(404);
    expect((await app.act('GET', '/customer-users/99999/oauth-applications')).status).toBe(404);
    expect((await app.act('GET', '/oauth-applications/99999')).status).toBe(404);
    expect((await app.act('DELETE', '/oauth-applications/abc')).status).toBe(404);
  });

  it('are listed by name, organization, status and owner', async () => {
    const owner = await app.aCustomerUser('lists@acme.example');
    const one = await app.anApplication('Alpha list', {}, owner);
    await app.anApplication('Beta list', { active: false }, owner);
    const names = async (path: string) => (await app.act<{ items: { name: string }[] }>('GET', path)).body.items.map(({ name }) => name);
    expect(await names(`/customer-users/${owner}/oauth-applications`)).toEqual(['Alpha list', 'Beta list']);
    expect(await names(`/oauth-applications?filter[ownerType]=customer-user&filter[ownerId]=${owner}&sort=-name`)).toEqual([
      'Beta list',
      'Alpha list',
    ]);
    expect(await names(`/oauth-applications?filter[name][contains]=list&filter[active]=false`)).toEqual(['Beta list']);
    expect(await names(`/oauth-applications?filter[name]=Alpha%20list&filter[organizationId]=${one.organization.id}`)).toEqual([
      'Alpha list',
    ]);
    expect((await app.act('GET', '/oauth-applications?filter[secret]=x')).status).toBe(400);
  });

  it('are edited under If-Match, and each change is in the history', async () => {
    const { id, version } = await app.anApplication('Before');
    const edit = { name: 'After', scopes: ['customer_user:view'] };
    const changed = await app.act<ApplicationBody>('PATCH', `/oauth-applications/${id}`, edit, { 'if-match': `"${version}"` });
    expect(changed).toMatchObject({ status: 200, body: { name: 'After', scopes: ['customer_user:view'], version: version + 1 } });
    const stale = await app.act('PATCH', `/oauth-applications/${id}`, { name: 'Late' }, { 'if-match': `"${version}"` });
    expect(stale.status).toBe(412);
    const rows = await app.execute(
      `SELECT action FROM history_entries WHERE entity = 'oauth_application' AND entity_id = ${id} ORDER BY id`,
    );
    expect(rows).toMatchObject([{ action: 'created' }, { action: 'changed' }]);
  });

  it('take further secrets with an expiry, and lose those that are revoked', async () => {
    const created = await app.anApplication('Two secrets');
    const path = `/oauth-applications/${created.id}/secrets`;
    const added = await app.act<ApplicationBody>('POST', path, { expiresAt: '2099-01-01T00:00:00.000Z' });
    expect(added.status).toBe(201);
    expect(added.body.secrets.map(({ expiresAt }) => expiresAt)).toEqual([null, '2099-01-01T00:00:00.000Z']);
    expect(await app.tokenOf(created)).toBeDefined();
    expect(await app.tokenOf(added.body)).toBeDefined();
    expect((await app.act('DELETE', `${path}/${created.secrets[0]?.id}`)).status).toBe(204);
    expect(await app.tokenOf(created)).toBeUndefined();
    expect(await app.tokenOf(added.body)).toBeDefined();
    expect((await app.act('DELETE', `${path}/${created.secrets[0]?.id}`)).status).toBe(404);
    expect((await app.act('POST', path, { expiresAt: '2020-01-01T00:00:00.000Z' })).status).toBe(400);
    expect((await app.act('POST', path, { expiresAt: 'tomorrow' })).status).toBe(400);
  });

  it('belong to console users as well, whose tokens are for the admin API', async () => {
    const { body: admin } = await app.act<{ items: { id: number }[] }>('GET', '/users');
    const id = admin.items[0]?.id;
    const created = await app.act<ApplicationBody>('POST', `/users/${id}/oauth-applications`, {
      name: 'Back office',
      scopes: ['customer_user:view'],
    });
    expect(created).toMatchObject({ status: 201, body: { owner: { type: 'user', id } } });
    const token = await app.tokenOf(created.body);
    expect(readToken(token).claims['aud']).toBe('backend');
    expect((await app.call('GET', '/admin/api/customer-users', { token })).status).toBe(200);
    expect((await app.call<Json>('GET', '/admin/api/customers', { token })).body['code']).toBe('auth.insufficient_scope');
    expect((await me(token)).status).toBe(401);
  });
});
