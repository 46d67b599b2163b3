import { documentOf } from '../../src/platform/http/index.js';
import { SURFACES } from '../../src/surfaces.js';
import { type ApplicationBody, OAuthApp } from '../support/oauth-app.js';

interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  permission: string | undefined;
  needsToken: boolean;
}

/** What an application may do with any token of its: know for whom it acts, and what addresses may name. */
const OPEN = [
  ...['GET /admin/api/countries', 'GET /admin/api/countries/1/regions'],
  ...['GET /admin/api/me', 'GET /api/me', 'GET /api/me/permissions'],
];

describe('Scopes', () => {
  let app: OAuthApp;
  let routes: Route[];
  const tokens: Record<string, string> = {};
  const sideOf = ({ url }: Route) => (url.startsWith('/admin/api') ? 'backend' : 'storefront');
  const call = (route: Route, token: string | undefined) =>
    app.call<{ code: string }>(route.method, route.url, { token, ...(route.method !== 'GET' && { payload: {} }) });
  const nameOf = ({ method, url }: Route) => `${method} ${url}`;

  beforeAll(async () => {
    app = await OAuthApp.start();
    routes = SURFACES.flatMap((surface) =>
      Object.entries(documentOf(app.http, surface).paths).flatMap(([path, item]) =>
        Object.entries(item).map(([verb, operation]) => ({
          method: verb.toUpperCase() as Route['method'],
          url: path.replaceAll(/\{[^}]+\}/g, '1'),
          permission: (operation as { 'x-required-permission'?: string })['x-required-permission'],
          needsToken: (operation as { security?: object[] }).security !== undefined,
        })),
      ),
    ).filter(({ url }) => /^\/(admin\/)?api\//.test(url));
    const { body: users } = await app.act<{ items: { id: number }[] }>('GET', '/users');
    const create = async (path: string, scope: string) =>
      (await app.act<ApplicationBody>('POST', `${path}/oauth-applications`, { name: `Only ${scope}`, scopes: [scope] })).body;
    tokens['backend'] = await app.tokenOf(await create(`/users/${users.items[0]?.id}`, 'localization:view'));
    tokens['storefront'] = await app.tokenOf(await create(`/customer-users/${app.buyerId}`, 'customer:view'));
  });
  afterAll(() => app.close());

  it('are demanded by every route that needs a permission, in both APIs', async () => {
    const guarded = routes.filter(
      ({ permission }) => permission !== undefined && !['localization:view', 'customer:view'].includes(permission),
    );
    expect(guarded.length).toBeGreaterThan(30);
    for (const route of guarded) {
      const { status, body, headers } = await call(route, tokens[sideOf(route)]);
      const challenge = headers['www-authenticate'];
      expect({ route: nameOf(route), status, code: body.code, challenge }).toEqual({
        route: nameOf(route),
        status: 403,
        code: 'auth.insufficient_scope',
        challenge: `Bearer error="insufficient_scope", scope="${route.permission}"`,
      });
    }
  });

  const aTokenFor = async (...scopes: string[]) => {
    const { body: users } = await app.act<{ items: { id: number }[] }>('GET', '/users');
    const draft = { name: scopes.join(' and '), scopes };
    return app.tokenOf((await app.act<ApplicationBody>('POST', `/users/${users.items[0]?.id}/oauth-applications`, draft)).body);
  };

  it('are demanded by what the listed belong to as well, whether it is there or not', async () => {
    const token = await aTokenFor('customer_user:view');

    for (const id of [1, 999_999]) {
      const answer = await app.call('GET', `/admin/api/customer-user-roles/${id}/customer-users`, { token });
      expect(answer).toMatchObject({ status: 403, body: { code: 'auth.insufficient_scope' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="customer_user_role:view"');
    }
  });

  it('are demanded by a member of a body as well', async () => {
    const address = { company: 'Acme', street: '1 Main St', city: 'Bonn', postalCode: '53111', countryCode: 'DE' };

    const answer = await app.call('PATCH', `/admin/api/customer-users/${app.buyerId}`, {
      token: await aTokenFor('customer_user:view', 'customer_user:edit'),
      payload: { addresses: [address] },
    });

    expect(answer).toMatchObject({ status: 403, body: { code: 'auth.insufficient_scope' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="customer_user_address:create"');
  });

  it('open the routes that they name', async () => {
    expect((await app.call('GET', '/admin/api/localizations', { token: tokens['backend'] })).status).toBe(200);
  });

  it('name no route that needs no permission: there a person acts himself, but for what tells an application whom it acts for, and names', async () => {
    const unnamed = routes.filter(({ permission, needsToken }) => permission === undefined && needsToken);
    const open: string[] = [];
    for (const route of unnamed) {
      const { status, body } = await call(route, tokens[sideOf(route)]);
      if (status !== 403) open.push(nameOf(route));
      else
        expect({ route: nameOf(route), status, code: body.code }).toEqual({
          route: nameOf(route),
          status: 403,
          code: 'auth.person_required',
        });
    }
    expect(open.sort()).toEqual(OPEN);
    expect(unnamed.map(nameOf)).toEqual(
      expect.arrayContaining(['POST /api/auth/logout', 'GET /api/me/consents', 'POST /api/me/consents', 'DELETE /api/me/consents/1']),
    );
  });
});
