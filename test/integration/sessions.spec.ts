import { JwtService } from '@nestjs/jwt';
import { Sessions } from '../../src/sessions/sessions.service.js';
import { DAY } from '../../src/platform/clock/index.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import { type Product, startProduct, type Tokens } from '../support/product.js';

const SIDES = [
  ['a customer user', '/api'],
  ['a console user', '/admin/api'],
] as const;
type Base = (typeof SIDES)[number][1];

const decoded = (part = ''): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('A session', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const start = async (base: Base): Promise<Tokens> =>
    base === '/api' ? product.logIn((await aCustomerUser(product.admin)).email, PASSWORD) : product.logInAdmin(await aConsoleUser(product));
  const refresh = (base: Base, refreshToken: string) =>
    product.nobody.post<Tokens & { code: string }>(`${base}/auth/refresh`, { refreshToken });
  const ask = (base: Base, token: string) => product.as(token).get(`${base}/me`);
  const statusOf = async (base: Base, token: string) => (await ask(base, token)).status;

  describe.each(SIDES)('of %s', (_who, base) => {
    it('goes on with a new pair of tokens for each refresh token', async () => {
      const first = await start(base);

      const second = await refresh(base, first.refreshToken);
      const third = await refresh(base, second.body.refreshToken);

      expect([second.status, third.status, second.headers.get('cache-control')]).toEqual([200, 200, 'no-store']);
      expect(new Set([first, second.body, third.body].map(({ refreshToken }) => refreshToken)).size).toBe(3);
      expect(await statusOf(base, third.body.accessToken)).toBe(200);
    });

    it('ends as a whole when a refresh token is used again', async () => {
      const first = await start(base);
      const second = await refresh(base, first.refreshToken);

      const again = await refresh(base, first.refreshToken);

      expect([again.status, again.body.code]).toEqual([401, 'auth.refresh_refused']);
      expect((await refresh(base, second.body.refreshToken)).status).toBe(401);
      for (const { accessToken } of [first, second.body]) expect(await statusOf(base, accessToken)).toBe(401);
    });

    it('lets one of two who refresh at once go on, and ends', async () => {
      const { refreshToken } = await start(base);

      const answers = await Promise.all([refresh(base, refreshToken), refresh(base, refreshToken)]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      const winner = answers.find(({ status }) => status === 200)?.body;
      expect(await statusOf(base, winner?.accessToken ?? '')).toBe(401);
    });

    it('ends with a logout, and no other one with it', async () => {
      const [one, other] = [await start(base), await start(base)];

      expect((await product.as(one.accessToken).post(`${base}/auth/logout`)).status).toBe(204);

      expect((await ask(base, one.accessToken)).body.code).toBe('auth.session_ended');
      expect((await refresh(base, one.refreshToken)).status).toBe(401);
      expect((await product.as(one.accessToken).post(`${base}/auth/logout`)).status).toBe(401);
      expect(await statusOf(base, other.accessToken)).toBe(200);
    });

    it('is refused on the other side, refresh token and access token alike, and goes on', async () => {
      const other = base === '/api' ? '/admin/api' : '/api';
      const { accessToken, refreshToken } = await start(base);

      const { status, headers, body } = await ask(other, accessToken);

      expect([status, body.code]).toEqual([401, 'auth.wrong_audience']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", error_description=".*audience/);
      expect((await refresh(other, refreshToken)).status).toBe(401);
      expect((await refresh(base, refreshToken)).status).toBe(200);
    });

    it('ends when nobody has refreshed it for thirty days', async () => {
      const { accessToken, refreshToken } = await start(base);
      product.forward(29 * DAY);
      const kept = await refresh(base, refreshToken);
      product.forward(29 * DAY);
      const still = await refresh(base, kept.body.refreshToken);
      product.forward(31 * DAY);

      expect([kept.status, still.status]).toEqual([200, 200]);
      expect((await refresh(base, still.body.refreshToken)).status).toBe(401);
      expect(await statusOf(base, accessToken)).toBe(401);
      product.admin = product.as((await product.logInAdmin()).accessToken);
    });

    it.each(['', 'x', '1.1.x.y', '1.1.x', 'a.b.c.d.e', `${'9'.repeat(20)}.1.x.y`, '\ud800'])(
      'is not refreshed with %j',
      async (refreshToken) => {
        expect((await refresh(base, refreshToken)).status).toBe(refreshToken === '' ? 400 : 401);
      },
    );

    it('is not refreshed with a token of which a part was changed', async () => {
      const { refreshToken } = await start(base);
      const [id, generation, nonce, mac] = refreshToken.split('.');

      for (const forged of [`${Number(id) - 1}.${generation}.${nonce}.${mac}`, `${id}.2.${nonce}.${mac}`, `${id}.${generation}.x.${mac}`])
        expect((await refresh(base, forged)).status).toBe(401);
      expect((await refresh(base, refreshToken)).status).toBe(200);
    });

    it.each<[string, (jwt: string) => string]>([
      ['whose signature was cut off', (jwt) => jwt.split('.').slice(0, 2).join('.')],
      ['that says it needs no signature', (jwt) => `${encoded({ alg: 'none', typ: 'JWT' })}.${jwt.split('.')[1]}.`],
      ['that says so and keeps the signature', (jwt) => [encoded({ alg: 'none' }), ...jwt.split('.').slice(1)].join('.')],
      [
        'whose session was changed',
        (jwt) => [jwt.split('.')[0], encoded({ ...decoded(jwt.split('.')[1]), sid: 1 }), jwt.split('.')[2]].join('.'),
      ],
      ['signed with another secret', (jwt) => resigned(jwt, {}, { secret: 'x'.repeat(48) })],
      ['signed with another algorithm', (jwt) => resigned(jwt, {}, { algorithm: 'HS512' })],
      ['of another issuer', (jwt) => resigned(jwt, { iss: 'https://elsewhere.example' })],
      ['without a session', (jwt) => resigned(jwt, { sid: undefined })],
      ['whose session is no number', (jwt) => resigned(jwt, { sid: { $ne: 1 } })],
      ['whose session is a list', (jwt) => resigned(jwt, { sid: [1] })],
      ['that never expires', (jwt) => resigned(jwt, { exp: undefined })],
    ])('takes no token %s', async (_what, forge) => {
      const { accessToken } = await start(base);

      const { status, headers } = await ask(base, forge(accessToken));

      expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer error="invalid_token"/)]);
      expect(await statusOf(base, accessToken)).toBe(200);
    });

    it('takes no token that has expired', async () => {
      const { accessToken } = await start(base);
      const now = Math.floor(Date.now() / 1_000);
      const { iat, exp } = decoded(accessToken.split('.')[1]);

      const { status, body } = await ask(base, resigned(accessToken, { iat: now - 1_000, exp: now - 1 }));

      expect(Number(exp) - Number(iat)).toBe(900);
      expect([status, body.code]).toEqual([401, 'auth.token_expired']);
    });
  });

  it('is not asked for without a token: 401 with a bare challenge', async () => {
    for (const authorization of [undefined, 'Basic YTpi', 'Bearer', 'x']) {
      const { status, headers, body } = await product.nobody.get('/api/me', authorization === undefined ? {} : { authorization });
      expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'auth.required', 'Bearer realm="customer-identity"']);
    }
  });

  it('of a console user ends when he is disabled', async () => {
    const user = await aConsoleUser(product);
    const { accessToken, refreshToken } = await product.logInAdmin(user);
    await product.work.manager.update('User', { id: user.id }, { enabled: false });

    expect((await ask('/admin/api', accessToken)).body.code).toBe('auth.account_blocked');
    expect((await refresh('/admin/api', refreshToken)).status).toBe(401);
    await product.work.manager.update('User', { id: user.id }, { enabled: true });
    expect(await product.inside(Sessions).find(Number(decoded(accessToken.split('.')[1])['sid']))).toBeNull();
  });

  /** The same token with other claims, signed by the product's secret unless `options` say otherwise. */
  function resigned(jwt: string, claims: object, options: object = {}): string {
    const merged = { ...decoded(jwt.split('.')[1]), ...claims };
    const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
    return new JwtService({}).sign(kept, { secret: product.configuration.secrets.sessionSecret, algorithm: 'HS256', ...options });
  }
});
