import { OAuthApplication } from '../../src/oauth/applications/oauth-application.entity.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
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

  it('are not made for who was erased', async () => {
    const erased = await app.aCustomerUser('to.be.erased@acme.example');
    await app.act('POST', `/customer-users/${erased}/erase`);
    const refused = await app.act<Json>('POST', `/customer-users/${erased}/oauth-applications`, { name: 'Too late' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'customer_users.erased' } });
  });

  it('of who was deleted are still there, to be looked at and deleted, and are made ready for nothing', async () => {
    const owner = await app.aCustomerUser('gone.owner@acme.example');
    const { id } = await app.anApplication('Orphan', {}, owner);
    const path = `/oauth-applications/${id}`;
    expect((await app.act('DELETE', `/customer-users/${owner}`)).status).toBe(204);

    const refused = { status: 409, body: { code: 'oauth_applications.owner_deleted' } };
    expect(await app.act<Json>('POST', `${path}/activate`)).toMatchObject(refused);
    await app.act('PATCH', path, { active: false });
    expect(await app.act<Json>('POST', `${path}/secrets`, {})).toMatchObject(refused);
    expect(await app.act<Json>('PATCH', path, { active: true })).toMatchObject(refused);
    expect(await app.act<Json>('PATCH', path, { name: 'Orphaned' })).toMatchObject({
      status: 200,
      body: { active: false, owner: { id: owner, fullName: null } },
    });
    expect((await app.act('DELETE', path)).status).toBe(204);
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

  describe('with uses and expiries', () => {
    const USED = { January: '2026-01-10T00:00:00.000Z', June: '2026-06-10T12:30:00.500Z' };
    const ENDS = { January: ['2031-01-01T00:00:00.000Z'], June: ['2031-06-01T10:00:00.250Z', '2032-06-01T00:00:00.000Z'] };
    let path: string;
    const found = async (query: string) => {
      const { status, body } = await app.act<{ items: { name: string }[]; page: { next: string | null } }>('GET', `${path}?${query}`);
      return { status, names: status === 200 ? body.items.map(({ name }) => name) : [], next: status === 200 ? body.page.next : null };
    };

    beforeAll(async () => {
      const owner = await app.aCustomerUser('uses@acme.example');
      path = `/customer-users/${owner}/oauth-applications`;
      await app.anApplication('Never', {}, owner);
      for (const name of ['January', 'June'] as const) {
        const { id } = await app.anApplication(name, {}, owner);
        for (const expiresAt of ENDS[name]) await app.act('POST', `/oauth-applications/${id}/secrets`, { expiresAt });
        await app.http
          .get(UnitOfWork)
          .repository(OAuthApplication)
          .update({ id }, { lastUsedAt: new Date(USED[name]) });
      }
    });

    it.each<[string, string[]]>([
      [`filter[lastUsedAt]=${USED.January}`, ['January']],
      ['filter[lastUsedAt][eq]=2026-06-10T14:30:00.500%2B02:00', ['June']],
      [`filter[lastUsedAt][ne]=${USED.January}`, ['June', 'Never']],
      [`filter[lastUsedAt][in]=${USED.January},${USED.June}`, ['January', 'June']],
      [`filter[lastUsedAt][gt]=${USED.January}`, ['June']],
      [`filter[lastUsedAt][gte]=${USED.January}`, ['January', 'June']],
      [`filter[lastUsedAt][lt]=${USED.June}`, ['January']],
      [`filter[lastUsedAt][lte]=${USED.June}`, ['January', 'June']],
      ['filter[lastUsedAt][null]=true', ['Never']],
      ['filter[lastUsedAt][null]=false', ['January', 'June']],
      [`filter[lastUsedAt][gt]=${USED.January}&filter[lastUsedAt][lt]=${USED.June}`, []],
      [`filter[secretExpiresAt]=${ENDS.June[0]}`, ['June']],
      [`filter[secretExpiresAt][ne]=${ENDS.June[0]}`, ['January', 'Never']],
      [`filter[secretExpiresAt][in]=${ENDS.January[0]},${ENDS.June[1]}`, ['January', 'June']],
      [`filter[secretExpiresAt][gt]=${ENDS.January[0]}`, ['June']],
      [`filter[secretExpiresAt][gte]=${ENDS.January[0]}`, ['January', 'June']],
      [`filter[secretExpiresAt][lt]=${ENDS.June[0]}`, ['January']],
      [`filter[secretExpiresAt][lte]=${ENDS.June[0]}`, ['January', 'June']],
      [`filter[secretExpiresAt][gt]=${ENDS.June[0]}&filter[secretExpiresAt][lt]=${ENDS.June[1]}`, []],
      [`filter[secretExpiresAt][gte]=${ENDS.June[0]}&filter[secretExpiresAt][lt]=${ENDS.June[1]}`, ['June']],
      ['filter[secretExpiresAt][null]=true', ['Never']],
      ['filter[secretExpiresAt][null]=false', ['January', 'June']],
      [`filter[secretExpiresAt][lt]=${ENDS.June[1]}&filter[lastUsedAt][gt]=${USED.January}`, ['June']],
    ])('are found by %s', async (query, names) => {
      expect(await found(query)).toMatchObject({ status: 200, names });
    });

    it.each<[string, string[]]>([
      ['lastUsedAt', ['Never', 'January', 'June']],
      ['-lastUsedAt', ['June', 'January', 'Never']],
    ])('come page by page in the order of %s, those never used before all others in time', async (sort, names) => {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await found(`sort=${sort}&limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        seen.push(...page.names);
        cursor = page.next;
      }
      expect(seen).toEqual(names);
    });

    it.each([
      'filter[lastUsedAt]=yesterday',
      'filter[lastUsedAt]=',
      'filter[lastUsedAt]=2026-01-10',
      'filter[lastUsedAt][gt]=2026-13-01T00:00:00Z',
      'filter[lastUsedAt][contains]=2026',
      'filter[lastUsedAt][null]=maybe',
      'filter[secretExpiresAt][lt]=soon',
      'filter[secretExpiresAt][in]=2031-01-01T00:00:00Z,never',
      'filter[secretExpiresAt][startsWith]=2031',
      'sort=secretExpiresAt',
    ])('are not found by %s: 400', async (query) => {
      expect((await found(query)).status).toBe(400);
    });
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

  it('stay as they are when they are made what they are', async () => {
    const { id, name, version, scopes } = await app.anApplication('Unchanged');
    for (const change of [{}, { name }, { active: true }, { scopes }])
      expect((await app.act<ApplicationBody>('PATCH', `/oauth-applications/${id}`, change)).body.version).toBe(version);
    expect((await app.act<ApplicationBody>('POST', `/oauth-applications/${id}/activate`)).body.version).toBe(version);
  });

  it('have a first secret that ends by itself, when they are to', async () => {
    const path = `/customer-users/${app.buyerId}/oauth-applications`;
    const create = (secretExpiresAt: unknown) =>
      app.act<ApplicationBody>('POST', path, { name: 'For a year', scopes: [], secretExpiresAt });

    for (const bad of ['2020-01-01T00:00:00.000Z', 'tomorrow', 7]) {
      const { status, body } = await create(bad);
      expect([status, body]).toMatchObject([400, { errors: [{ pointer: '/secretExpiresAt' }] }]);
    }
    const { status, body } = await create('2099-01-01T00:00:00.000Z');
    expect([status, body.secrets.map(({ expiresAt }) => expiresAt)]).toEqual([201, ['2099-01-01T00:00:00.000Z']]);
    expect((await app.act('PATCH', `/oauth-applications/${body.id}`, { secretExpiresAt: null })).status).toBe(400);
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
    // Where the server stands must not decide when a secret ends.
    expect((await app.act('POST', path, { expiresAt: '2099-01-01T00:00:00' })).status).toBe(400);
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
