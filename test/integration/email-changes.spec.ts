import { settings } from '../../src/organizations/index.js';
import { HOUR } from '../../src/platform/clock/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { setSetting } from '../factories/settings.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct, type Tokens } from '../support/product.js';

const ASK = 'Do you want to change your email address?';
const PROVE = 'Please confirm your new email address';
const TOLD = 'Your email address has changed';

interface Person {
  id: number;
  email: string;
  me: Caller;
  tokens: Tokens;
}

describe('A change of the own email address', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const aPerson = async (draft: object = {}): Promise<Person> => {
    const { id, email } = await aCustomerUser(admin, draft);
    const tokens = await product.logIn(email, PASSWORD);
    return { id, email, me: product.as(tokens.accessToken), tokens };
  };
  const ask = <T = Refused>({ me }: Person, email: string, currentPassword = PASSWORD) =>
    me.post<T>('/api/me/email', { email, currentPassword });
  const confirm = <T = Refused>(token: string) => product.nobody.post<T>('/api/me/email/confirm', { token });
  const tokenTo = async (email: string, subject: string) => tokenIn(await theMail(product.mails, email, subject));
  const pendingOf = async ({ me }: Person) => (await me.get<{ pendingEmail: string | null }>('/api/me')).body.pendingEmail;
  const mailsTo = async (email: string) => (await product.mails()).filter(({ to }) => to === email).map(({ subject }) => subject);

  it('is agreed to from the old address, proved from the new one, and the old one is told', async () => {
    const person = await aPerson();
    const email = anEmail();

    const asked = await ask<object>(person, email);

    expect([asked.status, asked.body]).toEqual([200, { status: 'pending', pendingEmail: email, session: null }]);
    expect(await pendingOf(person)).toBe(email);
    const agree = await tokenTo(person.email, ASK);
    expect(await mailsTo(email)).toEqual([]);

    const agreed = await confirm<object>(agree);

    expect([agreed.status, agreed.body]).toEqual([200, { status: 'pending' }]);
    expect((await person.me.get<CustomerUserBody>('/api/me')).body.email).toBe(person.email);
    const prove = await tokenTo(email, PROVE);
    expect(prove).not.toBe(agree);
    expect((await confirm(agree)).body.code).toBe('links.unusable');

    expect((await confirm<object>(prove)).body).toEqual({ status: 'changed' });

    expect((await theMail(product.mails, person.email, TOLD)).text).toContain(email);
    expect((await person.me.get('/api/me')).status).toBe(401);
    expect((await product.tryLogIn('/api', person.email, PASSWORD)).status).toBe(401);
    const { accessToken } = await product.logIn(email, PASSWORD);
    const after = await product.as(accessToken).get<{ email: string; pendingEmail: null }>('/api/me');
    expect(after.body).toMatchObject({ email, pendingEmail: null });
    expect((await historyOf(product, 'customer_user', person.id)).slice(1)).toMatchObject([
      { action: 'email_change_requested', actorId: person.id, changes: { pendingEmail: { old: null, new: email } } },
      { action: 'changed', actorId: person.id, via: 'link', changes: { email: { old: person.email, new: email } } },
    ]);
  });

  it('needs no proof of the new address where no confirmation is required', async () => {
    const person = await aPerson();
    const email = anEmail();
    await setSetting(product, settings.registrationConfirmationRequired, false, 1);
    await ask(person, email);

    const { body } = await confirm<object>(await tokenTo(person.email, ASK));
    await setSetting(product, settings.registrationConfirmationRequired, true, 1);

    expect(body).toEqual({ status: 'changed' });
    await product.logIn(email, PASSWORD);
  });

  it('takes effect at once where nothing is verified: other sessions are over, this one goes on anew', async () => {
    const person = await aPerson();
    const email = anEmail();
    await setSetting(product, settings.emailChangeVerification, false, 1);

    const { status, body } = await ask<{ status: string; session: Tokens }>(person, email);
    await setSetting(product, settings.emailChangeVerification, true, 1);

    expect([status, body.status]).toEqual([200, 'changed']);
    expect((await person.me.get('/api/me')).status).toBe(401);
    expect((await product.as(body.session.accessToken).get<CustomerUserBody>('/api/me')).body.email).toBe(email);
    await theMail(product.mails, person.email, TOLD);
  });

  it('may change nothing but the case', async () => {
    const person = await aPerson();
    const email = person.email.replace('p', 'P');
    await setSetting(product, settings.emailChangeVerification, false, 1);

    const { status } = await ask(person, email);
    await setSetting(product, settings.emailChangeVerification, true, 1);

    expect(status).toBe(200);
    expect((await admin.get<CustomerUserBody>(`/admin/api/customer-users/${person.id}`)).body.email).toBe(email);
  });

  it.each<[string, (person: Person) => Promise<object>, string[]]>([
    [
      'a wrong password',
      () => Promise.resolve({ email: anEmail(), currentPassword: 'Wrong-horse-1' }),
      ['/currentPassword passwords.current_wrong'],
    ],
    [
      'the address that he has',
      ({ email }) => Promise.resolve({ email, currentPassword: PASSWORD }),
      ['/email customer_users.email_unchanged'],
    ],
    ['what is none', () => Promise.resolve({ email: 'just"not"right@example.com', currentPassword: PASSWORD }), ['/email not_an_email']],
    ['no password', () => Promise.resolve({ email: anEmail() }), ['/currentPassword required']],
    [
      'more than that',
      () => Promise.resolve({ email: anEmail(), currentPassword: PASSWORD, confirmed: true }),
      ['/confirmed unknown_member'],
    ],
  ])('is refused with %s', async (_case, bodyFor, faults) => {
    const person = await aPerson();

    const { status, body } = await person.me.post('/api/me/email', await bodyFor(person));

    expect([status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([400, faults]);
    expect(await pendingOf(person)).toBeNull();
  });

  it('is refused when the address is taken, at each step', async () => {
    const person = await aPerson();
    const email = anEmail();
    const taken = await aCustomerUser(admin);
    expect(await ask(person, taken.email.toUpperCase())).toMatchObject({ status: 409, body: { code: 'customer_users.email_taken' } });

    await ask(person, email);
    const agree = await tokenTo(person.email, ASK);
    const holder = await aCustomerUser(admin, { email });
    expect(await confirm(agree)).toMatchObject({ status: 409, body: { code: 'customer_users.email_taken' } });

    await admin.patch(`/admin/api/customer-users/${holder.id}`, { email: anEmail() });
    expect((await confirm(agree)).status).toBe(200);
    const prove = await tokenTo(email, PROVE);
    await admin.patch(`/admin/api/customer-users/${holder.id}`, { email });
    expect(await confirm(prove)).toMatchObject({ status: 409, body: { code: 'customer_users.email_taken' } });
    expect((await person.me.get<CustomerUserBody>('/api/me')).body.email).toBe(person.email);
  });

  it('does not mind who has the address in another organization', async () => {
    const { id: organizationId } = await anOrganization(product);
    const { email } = await aCustomerUser(await aConsoleCaller(product, { organizationId }));

    expect((await ask(await aPerson(), email)).status).toBe(200);
  });

  it('can be cancelled by the person', async () => {
    const person = await aPerson();
    await ask(person, anEmail());
    const token = await tokenTo(person.email, ASK);

    const { status } = await person.me.delete('/api/me/email');

    expect([status, await pendingOf(person)]).toEqual([204, null]);
    expect((await confirm(token)).body.code).toBe('links.unusable');
    expect(await person.me.delete('/api/me/email')).toMatchObject({ status: 404, body: { code: 'customer_users.no_pending_email' } });
  });

  it('can be seen and cancelled by an admin who reaches the person', async () => {
    const person = await aPerson();
    const email = anEmail();
    const path = `/admin/api/customer-users/${person.id}/pending-email`;
    const { id: organizationId } = await anOrganization(product);
    const stranger = await aConsoleCaller(product, { organizationId });
    const onlooker = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization' } });
    expect((await admin.get(path)).status).toBe(404);
    await ask(person, email);
    const token = await tokenTo(person.email, ASK);

    expect((await admin.get<{ email: string }>(path)).body.email).toBe(email);
    expect([(await stranger.get(path)).status, (await stranger.delete(path)).status]).toEqual([404, 404]);
    expect([(await onlooker.get(path)).status, (await onlooker.delete(path)).status]).toEqual([200, 403]);
    expect((await admin.delete(path)).status).toBe(204);
    expect((await confirm(token)).body.code).toBe('links.unusable');
    expect((await historyOf(product, 'customer_user', person.id)).at(-1)).toMatchObject({
      ...{ action: 'email_change_cancelled', actorType: 'user', actorId: 1 },
      changes: { pendingEmail: { old: email, new: null } },
    });
  });

  it('is over when an admin edits the address, of which the old one is told', async () => {
    const person = await aPerson();
    const email = anEmail();
    await ask(person, anEmail());
    const token = await tokenTo(person.email, ASK);

    await admin.patch(`/admin/api/customer-users/${person.id}`, { email });

    expect((await confirm(token)).body.code).toBe('links.unusable');
    expect((await theMail(product.mails, person.email, TOLD)).text).toContain(email);
    expect((await admin.get(`/admin/api/customer-users/${person.id}/pending-email`)).status).toBe(404);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ['the password changes', ({ me }) => me.post('/api/me/password', { currentPassword: PASSWORD, newPassword: 'Another-horse-1' })],
    ['he is disabled', ({ id }) => admin.post(`/admin/api/customer-users/${id}/disable`)],
    ['another one is asked for', (person) => ask(person, anEmail())],
  ])('is over when %s', async (_case, act) => {
    const person = await aPerson();
    await ask(person, anEmail());
    const token = await tokenTo(person.email, ASK);

    await act(person);

    expect((await confirm(token)).body.code).toBe('links.unusable');
  });

  it('waits as long as the setting says', async () => {
    await setSetting(product, settings.changeEmailHours, 2, 1);
    const person = await aPerson();
    await ask(person, anEmail());
    const token = await tokenTo(person.email, ASK);
    await setSetting(product, settings.changeEmailHours, 24, 1);
    product.forward(2 * HOUR + 1);

    expect((await confirm(token)).body.code).toBe('links.unusable');
    expect(await pendingOf(person)).toBeNull();
  });

  it('is done once by ten who follow the link at once', async () => {
    const person = await aPerson();
    const email = anEmail();
    await ask(person, email);
    await confirm(await tokenTo(person.email, ASK));
    const prove = await tokenTo(email, PROVE);

    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(prove)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
    await theMail(product.mails, person.email, TOLD);
  });
});
