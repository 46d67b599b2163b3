import { DataSource } from 'typeorm';
import { HOUR } from '../../src/platform/clock/index.js';
import { watchedTables } from '../../src/platform/revisions/watched-tables.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aLocalization, aWebsite } from '../factories/organizations.js';
import { type Caller, type Product, startProduct } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

const BUYER = 2;
const OTHER = 3;
const DAY = 24 * HOUR;

type ProfileBody = CustomerUserBody & { pendingEmail: string | null; lastLoginAt: string };

interface Known {
  readonly id: number;
  readonly email: string;
  readonly me: Caller;
  readonly customerId: number;
  readonly websiteId: number;
  readonly localizationId: number;
}

describe('The profile of who is logged in', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const write = (sql: string, ...parameters: unknown[]) => product.work.manager.query(sql, parameters as never);
  const want = (id: number, email: string, expiresAt: Date) =>
    write(
      'INSERT INTO email_changes (customer_user_id, new_email, requested_at, expires_at) VALUES (?, ?, ?, ?)',
      ...[id, email, '2026-01-01 00:00:00.000', expiresAt.toISOString().replace('T', ' ').replace('Z', '')],
    );
  const tomorrow = () => new Date(Date.now() + DAY);

  const aPerson = async (): Promise<Known> => {
    const { id: customerId } = await aCustomer(product.admin);
    const { id: websiteId } = await aWebsite(product);
    const { id: localizationId } = await aLocalization(product, 1, 1);
    const { id, email } = await aCustomerUser(product.admin, { customerId, websiteId, roleIds: [BUYER] });
    await write('UPDATE customer_users SET preferred_localization_id = ? WHERE id = ?', localizationId, id);
    const { accessToken } = await product.logIn(email, PASSWORD);
    return { id, email, me: product.as(accessToken), customerId, websiteId, localizationId };
  };
  const profileOf = async ({ me }: Known) => (await me.get<ProfileBody>('/api/me')).body;

  it('is read once, and from tables alone whose changes are heard', async () => {
    const person = await aPerson();
    const heard = watchedTables(product.inside(DataSource).entityMetadatas).map(({ name }) => name);
    await person.me.get('/api/me/permissions');

    const cold = await statementsOf(product, () => person.me.get('/api/me'));
    const warm = await statementsOf(product, () => person.me.get('/api/me'));

    const tables = cold.flatMap((sql) => [...sql.matchAll(/\b(?:FROM|JOIN) [`"]?(\w+)/g)].map(([, table]) => table ?? ''));
    expect(new Set(tables).size).toBe(7);
    expect(tables.filter((table) => !heard.includes(table))).toEqual([]);
    expect(warm).toEqual([]);
  });

  it.each<[string, (person: Known) => Promise<unknown>, object]>([
    [
      'his name',
      ({ id }) => write('UPDATE customer_users SET first_name = ? WHERE id = ?', 'Nora', id),
      { firstName: 'Nora', fullName: 'Nora Cole' },
    ],
    ['his version', ({ id }) => write('UPDATE customer_users SET version = 77 WHERE id = ?', id), { version: 77 }],
    [
      'the time of his change',
      ({ id }) => write('UPDATE customer_users SET updated_at = ? WHERE id = ?', '2031-05-06 07:08:09.000', id),
      { updatedAt: '2031-05-06T07:08:09.000Z' },
    ],
    [
      'the time of his login',
      ({ id }) => write('UPDATE customer_users SET last_login_at = ? WHERE id = ?', '2031-05-06 07:08:09.000', id),
      { lastLoginAt: '2031-05-06T07:08:09.000Z' },
    ],
    [
      'the name of his customer',
      ({ customerId }) => write('UPDATE customers SET name = ? WHERE id = ?', 'Renamed', customerId),
      { customer: expect.objectContaining({ name: 'Renamed' }) },
    ],
    [
      'the name of his website',
      ({ websiteId }) => write('UPDATE websites SET name = ? WHERE id = ?', `Renamed ${websiteId}`, websiteId),
      { website: expect.objectContaining({ name: expect.stringMatching(/^Renamed/) }) },
    ],
    [
      'the name of his language',
      ({ localizationId }) => write('UPDATE localizations SET name = ? WHERE id = ?', `Renamed ${localizationId}`, localizationId),
      { preferredLocalization: expect.objectContaining({ name: expect.stringMatching(/^Renamed/) }) },
    ],
    [
      'his language',
      ({ id }) => write('UPDATE customer_users SET preferred_localization_id = NULL WHERE id = ?', id),
      { preferredLocalization: null },
    ],
    [
      'the name of his role',
      () => write('UPDATE customer_user_roles SET label = ? WHERE id = ?', 'Shopper', BUYER),
      { roles: [expect.objectContaining({ label: 'Shopper' })] },
    ],
    [
      'a role more',
      ({ id }) => write('INSERT INTO customer_user_role_assignments (customer_user_id, role_id) VALUES (?, ?)', id, OTHER),
      { roles: [expect.objectContaining({ id: BUYER }), expect.objectContaining({ id: OTHER })] },
    ],
    ['another email address that he wants', ({ id }) => want(id, 'other@acme.example', tomorrow()), { pendingEmail: 'other@acme.example' }],
  ])('shows %s with the next request', async (_what, change, shown) => {
    const person = await aPerson();
    const before = await profileOf(person);
    expect(before).not.toMatchObject(shown);
    expect(await statementsOf(product, () => person.me.get('/api/me'))).toEqual([]);

    await change(person);

    expect(await profileOf(person)).toEqual({ ...before, ...shown });
  });

  it('shows a wanted email address until its time has come, and once it is given up no more', async () => {
    const [one, other] = [await aPerson(), await aPerson()];
    for (const person of [one, other]) await want(person.id, 'new@acme.example', tomorrow());
    expect([(await profileOf(one)).pendingEmail, (await profileOf(other)).pendingEmail]).toEqual(['new@acme.example', 'new@acme.example']);

    await other.me.delete('/api/me/email');
    expect((await profileOf(other)).pendingEmail).toBeNull();
    product.forward(2 * DAY);
    expect((await profileOf(one)).pendingEmail).toBeNull();
  });

  it('shows within an own change what was written, and to others what was committed', async () => {
    const person = await aPerson();
    const { version } = await profileOf(person);

    const change = await person.me.patch<ProfileBody>('/api/me', { firstName: 'Nancy' });

    expect(change.body).toMatchObject({ firstName: 'Nancy', version: version + 1 });
    expect(await profileOf(person)).toEqual(change.body);
  });

  it('is never older than a change that was answered, however many ask meanwhile', async () => {
    const person = await aPerson();
    for (let round = 0; round < 15; round += 1) {
      const asked = [profileOf(person), profileOf(person)];
      await write('UPDATE customer_users SET first_name = ? WHERE id = ?', `Name ${round}`, person.id);
      asked.push(profileOf(person));
      expect((await profileOf(person)).firstName).toBe(`Name ${round}`);
      await Promise.all(asked);
    }
  });
});
