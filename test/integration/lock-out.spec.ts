import { settings } from '../../src/organizations/index.js';
import { MINUTE } from '../../src/platform/clock/index.js';
import { Housekeeping } from '../../src/platform/jobs/index.js';
import { LoginFailure } from '../../src/sessions/login-failure.entity.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, anEmail, PASSWORD } from '../factories/customer-users.js';
import { anOrganization } from '../factories/organizations.js';
import { setSetting } from '../factories/settings.js';
import { type Product, startProduct, type Tokens } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

const WRONG = 'Wrong-horse-1';

describe('A lock-out', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => product.close());
  afterEach(async () => {
    await product.work.repository(LoginFailure).clear();
    await setSetting(product, settings.lockoutAddressAttempts, 100);
  });

  const tryFrom = (ip: string, email: string, password: string, more: object = {}) =>
    product.nobody.post<Tokens>('/api/auth/login', { email, password, ...more }, { 'x-forwarded-for': ip });
  const fail = async (ip: string, times: number, emailOf: () => string) => {
    for (let n = 0; n < times; n++) await tryFrom(ip, emailOf(), WRONG);
  };

  it('of an address meets who tries many accounts from it, whichever exist, and nobody elsewhere', async () => {
    await setSetting(product, settings.lockoutAddressAttempts, 12);
    const { email } = await aCustomerUser(product.admin);
    await fail('192.0.2.1', 11, anEmail);
    expect((await tryFrom('192.0.2.1', anEmail(), WRONG)).status).toBe(401);

    const [locked, elsewhere] = [await tryFrom('192.0.2.1', email, PASSWORD), await tryFrom('192.0.2.2', email, PASSWORD)];

    expect([locked.status, elsewhere.status]).toEqual([429, 200]);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(3_500);
    product.forward(61 * MINUTE);
    expect((await tryFrom('192.0.2.1', email, PASSWORD)).status).toBe(200);
  });

  it('of an address is not put off by logins to an account of the attacker', async () => {
    await setSetting(product, settings.lockoutAddressAttempts, 12);
    const own = await aCustomerUser(product.admin);
    for (let n = 0; n < 12; n++) {
      await tryFrom('192.0.2.3', anEmail(), WRONG);
      await tryFrom('192.0.2.3', own.email, PASSWORD);
    }

    expect((await tryFrom('192.0.2.3', anEmail(), WRONG)).status).toBe(429);
  });

  it('of an account is not put off by logins of its owner from elsewhere', async () => {
    const { email } = await aCustomerUser(product.admin);
    await fail('192.0.2.4', 9, () => email);
    expect((await tryFrom('192.0.2.5', email, PASSWORD)).status).toBe(200);
    await fail('192.0.2.4', 1, () => email);

    expect((await tryFrom('192.0.2.4', email, PASSWORD)).status).toBe(429);
  });

  it('of an account is put off by its owner, who mistypes and then gets in', async () => {
    const { email } = await aCustomerUser(product.admin);
    for (let n = 0; n < 3; n++) {
      await fail('192.0.2.6', 9, () => email);
      expect((await tryFrom('192.0.2.6', email, PASSWORD)).status).toBe(200);
    }
  });

  it('costs the same however many failures there are', async () => {
    const [quiet, busy] = [anEmail(), anEmail()];
    await fail('192.0.2.7', 9, () => busy);

    const of = (email: string) => statementsOf(product, () => tryFrom('192.0.2.8', email, WRONG));

    expect(await of(busy)).toEqual(await of(quiet));
  });

  it('leaves nothing behind once it weighs nothing', async () => {
    await fail('192.0.2.9', 2, anEmail);
    product.forward(121 * MINUTE);

    await product.inside(Housekeeping).run();

    expect(await product.work.repository(LoginFailure).count()).toBe(0);
  });

  it.each(['disabled', 'unconfirmed', 'unknown', 'wrong'])('aside, a login that fails runs the same statements: %s', async (kind) => {
    const draft = kind === 'disabled' ? { enabled: false } : kind === 'unconfirmed' ? { confirmed: false } : {};
    const { email } = await aCustomerUser(product.admin, draft);
    const usual = await statementsOf(product, () => tryFrom('192.0.2.10', anEmail(), WRONG));

    const statements = await statementsOf(product, () =>
      tryFrom('192.0.2.10', kind === 'unknown' ? anEmail() : email, kind === 'wrong' ? WRONG : PASSWORD),
    );

    expect(statements).toEqual(usual);
  });

  describe('aside, an address with accounts in two organizations', () => {
    it('logs in to each with its password, and to either by its website', async () => {
      const { id: organizationId, websiteId } = await anOrganization(product);
      const admin = product.as((await product.logInAdmin()).accessToken);
      const other = await aConsoleCaller(product, { organizationId });
      const email = anEmail();
      const first = await aCustomerUser(admin, { email });
      const second = await aCustomerUser(other, { email, password: 'Second-horse-4' });
      const whose = async (password: string, more: object = {}) => {
        const { status, body } = await tryFrom('192.0.2.11', email, password, more);
        return status === 200 ? (await product.as(body.accessToken).get<{ id: number }>('/api/me')).body.id : status;
      };

      expect([await whose(PASSWORD), await whose('Second-horse-4')]).toEqual([first.id, second.id]);
      expect([await whose(PASSWORD, { websiteId: 1 }), await whose(PASSWORD, { websiteId })]).toEqual([first.id, 401]);
      expect([await whose('Second-horse-4', { websiteId }), await whose('Second-horse-4', { websiteId: 1 })]).toEqual([second.id, 401]);
      expect(await whose(PASSWORD, { websiteId: 999 })).toBe(404);

      await other.patch(`/admin/api/customer-users/${second.id}`, { password: PASSWORD });
      expect([await whose(PASSWORD), await whose(PASSWORD, { websiteId })]).toEqual([first.id, second.id]);
    });
  });
});
