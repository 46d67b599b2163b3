import { DataSource } from 'typeorm';
import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import type { Level } from '../../src/platform/context/index.js';
import { insertMany, updateMany } from '../../src/platform/database/index.js';
import { Memory, Revisions, subject } from '../../src/platform/revisions/index.js';
import { watchedTables } from '../../src/platform/revisions/watched-tables.js';
import { CustomerUserRoleAssignment } from '../../src/roles/customer-user-role.entity.js';
import { aConsoleUser } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import { anOrganization } from '../factories/organizations.js';
import { type Caller, type Product, startProduct } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

interface Application {
  id: number;
  clientId: string;
  clientSecret: string;
}

/** Somebody who is let in, and what of him is in the database. */
interface Known {
  caller: Caller;
  /** A route that reads nothing itself. */
  url: string;
  /** Answers 403 to who has no rights. */
  askForMore: () => Promise<number>;
  ids: Record<'person' | 'organization' | 'session' | 'application' | 'jti', number | string>;
}

describe('Who is let in', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const write = (sql: string, ...parameters: unknown[]) => product.work.manager.query(sql, parameters as never);
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>;
  const none = { person: 0, organization: 0, session: 0, application: 0, jti: '' };

  const aConsoleSession = async (): Promise<Known> => {
    const organization = (await anOrganization(product)).id;
    const user = await aConsoleUser(product, { organizationId: organization });
    const { accessToken } = await product.logInAdmin(user);
    const ids = { ...none, organization, person: user.id, session: Number(claimsOf(accessToken)['sid']) };
    const caller = product.as(accessToken);
    return { caller, url: '/admin/api/countries', askForMore: async () => (await caller.get('/admin/api/customer-groups')).status, ids };
  };
  const ownRights = (caller: Caller) => {
    const url = '/api/me/permissions';
    const askForMore = async () => {
      const { status, body } = await caller.get<{ permissions?: Record<string, Record<string, string>> }>(url);
      const levels = Object.values(body.permissions ?? {}).flatMap((actions) => Object.values(actions));
      return status === 200 && levels.every((level) => level === 'none') ? 403 : status;
    };
    return { caller, url, askForMore };
  };
  const aPerson = async () => {
    const { id: organization, websiteId } = await anOrganization(product);
    const { body } = await product.admin.get<{ items: { id: number }[] }>(
      `/admin/api/customer-user-roles?filter[organizationId]=${organization}&filter[code]=ROLE_FRONTEND_ADMINISTRATOR`,
    );
    const roleIds = body.items.map(({ id }) => id);
    const { id, email } = await aCustomerUser(product.admin, { organizationId: organization, websiteId, roleIds });
    return { organization, id, email };
  };
  const aStorefrontSession = async (): Promise<Known> => {
    const { organization, id, email } = await aPerson();
    const { accessToken } = await product.logIn(email, PASSWORD);
    const ids = { ...none, organization, person: id, session: Number(claimsOf(accessToken)['sid']) };
    return { ...ownRights(product.as(accessToken)), ids };
  };
  const anApplication = async (): Promise<Known & { form: Application }> => {
    const { organization, id } = await aPerson();
    const path = `/admin/api/customer-users/${id}/oauth-applications`;
    const application = created(await product.admin.post<Application>(path, { name: 'ERP' }));
    const form = { grant_type: 'client_credentials', client_id: application.clientId, client_secret: application.clientSecret };
    const token = (await product.nobody.post<{ access_token: string }>('/oauth2-token', form)).body.access_token;
    const ids = { ...none, organization, person: id, application: application.id, jti: claimsOf(token)['jti'] ?? '' };
    return { ...ownRights(product.as(token)), ids, form: application };
  };

  const WHO = { 'a console user': aConsoleSession, 'a customer user': aStorefrontSession, 'an application': anApplication };
  const statuses = async ({ caller, url, askForMore }: Known) => [(await caller.get(url)).status, await askForMore()];

  describe.each(Object.entries(WHO))('as %s', (_who, make) => {
    it('is read once, and from tables alone whose changes are heard', async () => {
      const { caller, url } = await make();
      const heard = watchedTables(product.inside(DataSource).entityMetadatas).map(({ name }) => name);

      // Does not say which rows it is about.
      await write('DELETE FROM sessions WHERE id < ?', 0);
      const cold = await statementsOf(product, () => caller.get(url));
      const warm = await statementsOf(product, () => caller.get(url));

      const tables = cold.flatMap((sql) => [...sql.matchAll(/\b(?:FROM|JOIN) [`"]?(\w+)/g)].map(([, table]) => table ?? ''));
      expect(tables.length).toBeGreaterThan(2);
      expect(tables.filter((table) => !heard.includes(table))).toEqual([]);
      expect(warm).toEqual([]);
    });

    it('is let in by none of the requests that begin after the change, however many are under way', async () => {
      const who = await make();
      const table = who.url.startsWith('/admin') ? 'users' : 'customer_users';
      const answers: Promise<number>[] = [];
      const ask = async () => (await who.caller.get(who.url)).status;
      for (let round = 0; round < 10; round += 1) {
        answers.push(ask(), ask());
        await write(`UPDATE ${table} SET enabled = 0 WHERE id = ?`, who.ids.person);
        answers.push(ask());
        expect(await ask()).toBe(401);
        await write(`UPDATE ${table} SET enabled = 1 WHERE id = ?`, who.ids.person);
        expect(await ask()).toBe(200);
      }
      expect((await Promise.all(answers)).every((status) => status === 200 || status === 401)).toBe(true);
    });
  });

  const NOTHING = JSON.stringify({ permissions: {}, capabilities: {} });
  const NONE: Level = 'none';
  const byUser = 'SELECT role_id FROM user_role_assignments WHERE user_id = ?';
  const byPerson = 'SELECT role_id FROM customer_user_role_assignments WHERE customer_user_id = ?';

  it.each<[string, keyof typeof WHO, (ids: Known['ids']) => Promise<unknown>, number[]]>([
    ['is disabled', 'a console user', ({ person }) => write('UPDATE users SET enabled = 0 WHERE id = ?', person), [401, 401]],
    [
      'is disabled with others',
      'a console user',
      ({ organization }) => write('UPDATE users SET enabled = 0 WHERE organization_id = ?', organization),
      [401, 401],
    ],
    ['is deleted', 'a console user', ({ person }) => write('DELETE FROM users WHERE id IN (?, ?)', person, 0), [401, 401]],
    ['is logged out', 'a console user', ({ session }) => write('DELETE FROM sessions WHERE id = ?', session), [401, 401]],
    ['is logged out everywhere', 'a console user', ({ person }) => write('DELETE FROM sessions WHERE user_id = ?', person), [401, 401]],
    [
      'is logged out with everybody',
      'a console user',
      ({ session }) => write('DELETE FROM sessions WHERE id >= ? AND id <= ?', session, session),
      [401, 401],
    ],
    [
      'has no role any more',
      'a console user',
      ({ person }) => write('DELETE FROM user_role_assignments WHERE user_id = ?', person),
      [200, 403],
    ],
    [
      'has roles that allow nothing any more',
      'a console user',
      ({ person }) => write(`UPDATE user_roles SET root = ?, matrix = ? WHERE id IN (${byUser})`, NONE, NOTHING, person),
      [200, 403],
    ],
    [
      'is of an organization that is disabled',
      'a console user',
      ({ organization }) => write('UPDATE organizations SET enabled = 0 WHERE id = ?', organization),
      [401, 401],
    ],
    ['is disabled', 'a customer user', ({ person }) => write('UPDATE customer_users SET enabled = 0 WHERE id = ?', person), [401, 401]],
    [
      'is disabled with others',
      'a customer user',
      ({ organization }) => write('UPDATE customer_users SET enabled = 0 WHERE organization_id = ?', organization),
      [401, 401],
    ],
    [
      'has to set a password',
      'a customer user',
      ({ person }) => write('UPDATE customer_users SET password_status = ? WHERE id = ?', 'reset', person),
      [401, 401],
    ],
    [
      'is logged out everywhere',
      'a customer user',
      ({ person }) => write('DELETE FROM sessions WHERE customer_user_id = ?', person),
      [401, 401],
    ],
    [
      'has no role any more',
      'a customer user',
      ({ person }) => write('DELETE FROM customer_user_role_assignments WHERE customer_user_id = ?', person),
      [200, 403],
    ],
    [
      'has roles that allow nothing any more',
      'a customer user',
      ({ person }) => write(`UPDATE customer_user_roles SET root = ?, matrix = ? WHERE id IN (${byPerson})`, NONE, NOTHING, person),
      [200, 403],
    ],
    [
      'is of an organization that is disabled',
      'a customer user',
      ({ organization }) => write('UPDATE organizations SET enabled = 0 WHERE id = ?', organization),
      [401, 401],
    ],
    [
      'is deactivated',
      'an application',
      ({ application }) => write('UPDATE oauth_applications SET active = 0 WHERE id = ?', application),
      [401, 401],
    ],
    ['is deleted', 'an application', ({ application }) => write('DELETE FROM oauth_applications WHERE id = ?', application), [401, 401]],
    [
      'has another secret',
      'an application',
      ({ application }) => write('DELETE FROM oauth_secrets WHERE application_id = ?', application),
      [401, 401],
    ],
    [
      'takes its token back',
      'an application',
      ({ jti }) => write('INSERT INTO oauth_revoked_tokens (jti, expires_at) VALUES (?, ?)', jti, '2099-01-01 00:00:00.000'),
      [401, 401],
    ],
    [
      'has an owner who is disabled',
      'an application',
      ({ person }) => write('UPDATE customer_users SET enabled = 0 WHERE id = ?', person),
      [401, 401],
    ],
    [
      'has an owner without a role',
      'an application',
      ({ person }) => write('DELETE FROM customer_user_role_assignments WHERE customer_user_id = ?', person),
      [200, 403],
    ],
    [
      'is of an organization that is disabled',
      'an application',
      ({ organization }) => write('UPDATE organizations SET enabled = 0 WHERE id = ?', organization),
      [401, 401],
    ],
  ])('is asked again with the next request when he %s: %s', async (_change, who, change, expected) => {
    const known = await WHO[who]();
    expect(await statuses(known)).toEqual([200, 200]);
    const [unchanged] = await product.work
      .run(async () => {
        await change(known.ids);
        throw new Error('Not in the end.');
      })
      .catch(() => [200]);
    expect([unchanged, ...(await statuses(known))]).toEqual([200, 200, 200]);

    await change(known.ids);

    expect(await statuses(known)).toEqual(expected);
  });

  it('sees in a unit of work what it has written, and nobody else sees it', async () => {
    const known = await aStorefrontSession();
    const twice = async () => [(await known.caller.get(known.url)).status, (await known.caller.get(known.url)).status];
    expect(await twice()).toEqual([200, 200]);

    await product.work.run(async () => {
      await write('UPDATE customer_users SET enabled = 0 WHERE id = ?', known.ids.person);
      expect(await twice()).toEqual([401, 401]);
    });

    expect(await twice()).toEqual([401, 401]);
  });

  it('is forgotten alone where many rows are written in one statement', async () => {
    const [one, other] = [await aCustomerUser(product.admin), await aCustomerUser(product.admin)];
    const revisions = () =>
      Promise.all([one, other].map(({ id }) => product.app.get(Revisions, { strict: false }).of([subject('customer-user', id)])));
    const rows = await product.work.repository(CustomerUser).findBy({ id: one.id });

    const before = await revisions();
    await write('UPDATE customer_users SET first_name_lower = ? WHERE id IN (?, ?)', 'a', one.id, other.id);
    expect(await revisions()).toEqual(before);
    await updateMany(product.work.manager, CustomerUser, rows, ['enabled', 'firstName']);
    const after = await revisions();
    await insertMany(product.work.manager, CustomerUserRoleAssignment, [{ customerUserId: one.id, roleId: 3 }], { orIgnore: true });
    const last = await revisions();

    expect([after, last].map(([mine, his]) => [mine === before[0], his === before[1]])).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(last[0]).not.toBe(after[0]);
  });

  it('is not remembered as he was read when he was changed meanwhile', async () => {
    let reads = 0;
    const recall = (meanwhile: () => Promise<unknown> = () => Promise.resolve()) =>
      product.inside(Memory).recall('a test', [subject('user', 1)], async () => {
        reads += 1;
        await meanwhile();
        return {};
      });

    await recall(() => write('UPDATE users SET first_name = first_name WHERE id = ?', 1));
    expect(reads).toBe(1);
    await recall();
    expect(reads).toBe(2);
    await recall();
    expect(reads).toBe(2);
  });

  it('is given a token without a read, and without a write in the way', async () => {
    const { clientId, clientSecret } = await anApplication().then(({ form }) => form);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };

    expect(await statementsOf(product, () => product.nobody.post('/oauth2-token', form))).toEqual([]);
  });

  it.each<[string, () => Promise<Caller>, string, number]>([
    ['customer user, with his addresses,', () => Promise.resolve(product.admin), '/admin/api/customer-users/1', 3],
    ['customer', () => Promise.resolve(product.admin), '/admin/api/customers/1', 3],
  ])('reads no more for a %s than what is shown of it', async (_what, make, url, most) => {
    const caller = await make();
    expect((await caller.get(url)).status).toBe(200);

    expect((await statementsOf(product, () => caller.get(url))).length).toBeLessThanOrEqual(most);
  });
});
