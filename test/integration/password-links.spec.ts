import { LinkToken } from '../../src/customer-users/accounts/link-token.entity.js';
import { LinkTokens } from '../../src/customer-users/accounts/link-tokens.js';
import { settings } from '../../src/organizations/index.js';
import { HOUR, MINUTE } from '../../src/platform/clock/index.js';
import { sha256 } from '../../src/platform/secrets/index.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { setSetting } from '../factories/settings.js';
import { theMail } from '../support/mails.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const NEW = 'Brand-new-horse-1';

describe('A link to set a password', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const links = () => product.inside(LinkTokens);
  const linkFor = ({ id }: CustomerUserBody, websiteId = 1) =>
    product.work.run(() => links().issue({ id, organizationId: 1, websiteId }, 'set-password'));
  const follow = (token: string, password = NEW) => product.nobody.post('/api/password/reset', { token, password });
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;

  it('comes with the welcome mail, and lets its reader in with the password that he sets', async () => {
    const email = anEmail();
    const draft = { email, password: undefined, generatePassword: true, sendWelcomeEmail: true };
    const { id, passwordStatus } = await aCustomerUser(admin, draft);
    const mail = await theMail(product.mails, email, 'Your account at Default is ready');
    const token = /token=([\w-]+)/.exec(mail.text)?.[1] ?? '';

    const { status } = await follow(token);

    expect([passwordStatus, token.length, status]).toEqual(['unset', 43, 204]);
    expect(await read(id)).toMatchObject({ passwordStatus: 'active', confirmed: true, version: 2 });
    expect((await product.logIn(email, NEW)).tokenType).toBe('Bearer');
  });

  it('proves the email address as well', async () => {
    const person = await aCustomerUser(admin, { confirmed: false });
    await follow(await linkFor(person));

    expect((await read(person.id)).confirmed).toBe(true);
  });

  it('is kept nowhere but as a hash', async () => {
    const token = await linkFor(await aCustomerUser(admin));

    const rows = await product.work.repository(LinkToken).find();

    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.map(({ tokenHash }) => tokenHash)).toContain(sha256(token));
  });

  it('is good once', async () => {
    const person = await aCustomerUser(admin);
    const token = await linkFor(person);

    const [first, second] = [await follow(token), await follow(token, 'Another-horse-9')];

    expect([first.status, second.status, second.body.code]).toEqual([204, 400, 'links.unusable']);
    expect(second.body.errors).toEqual([expect.objectContaining({ pointer: '/token', code: 'links.unusable' })]);
    await product.logIn(person.email, NEW);
  });

  it('is good for one of ten who follow it at once', async () => {
    const person = await aCustomerUser(admin);
    const token = await linkFor(person);
    const passwords = Array.from({ length: 10 }, (_, n) => `Parallel-horse-${n}`);

    const answers = await Promise.all(passwords.map((password) => follow(token, password)));

    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array.from({ length: 9 }, () => 400)]);
    const winner = passwords[answers.findIndex(({ status }) => status === 204)] ?? '';
    await product.logIn(person.email, winner);
  });

  it('is good for a day, or for as long as the setting says', async () => {
    const person = await aCustomerUser(admin);
    const day = await linkFor(person);
    product.forward(24 * HOUR - MINUTE);
    expect((await follow(day, 'weak')).body.code).toBe('validation.failed');
    product.forward(2 * MINUTE);
    expect((await follow(day)).body.code).toBe('links.unusable');

    await setSetting(product, settings.setPasswordHours, 1, 1);
    const hour = await linkFor(person);
    await setSetting(product, settings.setPasswordHours, 24, 1);
    product.forward(HOUR + MINUTE);
    expect((await follow(hour)).body.code).toBe('links.unusable');
  });

  it.each(['x', 'x'.repeat(43), '../../etc', '\u0000', '\ud800', "' OR 1=1 --", '🐴'])('is not made up: %j', async (token) => {
    const { status, body } = await follow(token);

    expect([status, body.code]).toEqual([400, 'links.unusable']);
  });

  it.each([
    [{ password: NEW }, '/token', 'required'],
    [{ token: 'x' }, '/password', 'required'],
    [{ token: 5, password: NEW }, '/token', 'not_a_string'],
    [{ token: 'x'.repeat(201), password: NEW }, '/token', 'too_long'],
    [{ token: 'x', password: 'x'.repeat(1001) }, '/password', 'too_long'],
    [{ token: 'x', password: NEW, email: 'a@b.example' }, '/email', 'unknown_member'],
  ])('is refused with %j', async (body, pointer, code) => {
    const answer = await product.nobody.post('/api/password/reset', body);

    expect([answer.status, answer.body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
  });

  it('is good for its own purpose', async () => {
    const token = await linkFor(await aCustomerUser(admin));
    await product.work.repository(LinkToken).update({ tokenHash: sha256(token) }, { purpose: 'something-else' as 'set-password' });

    expect((await follow(token)).body.code).toBe('links.unusable');
  });

  it('names every rule that the new password breaks, and stays good', async () => {
    const token = await linkFor(await aCustomerUser(admin));

    const { status, body } = await follow(token, '____');

    expect(status).toBe(400);
    expect(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/password passwords.too_short',
      '/password passwords.lower_case_missing',
      '/password passwords.upper_case_missing',
      '/password passwords.digit_missing',
    ]);
    expect((await follow(token)).status).toBe(204);
  });

  it('keeps to the rules of the organization', async () => {
    const token = await linkFor(await aCustomerUser(admin));
    await setSetting(product, settings.passwordSpecialCharacters, true, 1);

    const { body } = await follow(token, 'NoSpecial1');
    await setSetting(product, settings.passwordSpecialCharacters, false, 1);

    expect(body.errors?.map(({ code }) => code)).toEqual(['passwords.special_character_missing']);
  });

  it('ends the sessions that were open, and stands in the history as an act of the person', async () => {
    const person = await aCustomerUser(admin);
    const { accessToken, refreshToken } = await product.logIn(person.email, PASSWORD);
    const token = await linkFor(person);

    expect((await follow(token)).status).toBe(204);

    expect((await product.as(accessToken).get('/api/me')).status).toBe(401);
    expect((await product.nobody.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await product.tryLogIn('/api', person.email, PASSWORD)).status).toBe(401);
    expect((await historyOf(product, 'customer_user', person.id)).at(-1)).toEqual({
      ...{ action: 'changed', actorType: 'customer-user', actorId: person.id, actorName: 'Amanda Cole', via: 'link' },
      changes: { passwordHash: { old: '(changed)', new: '(changed)' } },
    });
  });

  it('ends a reset of the password', async () => {
    const person = await aCustomerUser(admin);
    await product.work.manager.update('CustomerUser', { id: person.id }, { passwordStatus: 'reset' });
    const token = await linkFor(person);

    await follow(token);

    expect((await read(person.id)).passwordStatus).toBe('active');
    await product.logIn(person.email, NEW);
  });

  it.each<[string, (person: CustomerUserBody) => Promise<unknown>]>([
    ['a newer one', (person) => linkFor(person)],
    ['a login', ({ email }) => product.logIn(email, PASSWORD)],
    ['a new password', ({ id }) => admin.patch(`${PATH}/${id}`, { password: 'Another-horse-1' })],
    ['a new email address', ({ id }) => admin.patch(`${PATH}/${id}`, { email: anEmail() })],
    ['being disabled', ({ id }) => admin.post(`${PATH}/${id}/disable`)],
    ['being deleted', ({ id }) => admin.delete(`${PATH}/${id}`)],
  ])('is over after %s', async (_what, act) => {
    const person = await aCustomerUser(admin);
    const token = await linkFor(person);

    await act(person);

    expect((await follow(token)).body.code).toBe('links.unusable');
  });

  it('is not over after a change of something else', async () => {
    const person = await aCustomerUser(admin);
    const token = await linkFor(person);
    await admin.patch(`${PATH}/${person.id}`, { firstName: 'Nancy', email: person.email, roleIds: [1] });

    expect((await follow(token)).status).toBe(204);
  });
});
