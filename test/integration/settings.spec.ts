import type { SettingView } from '../../src/organizations/index.js';
import { HistoryEntry } from '../../src/platform/history/index.js';
import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { anOrganization, aWebsite } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/settings';

type Place = Partial<Record<'organizationId' | 'websiteId', number>>;

describe('Settings', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const queryOf = (place: Place) =>
    Object.entries(place)
      .map(([name, id]) => `${name}=${id}`)
      .join('&');
  const all = async (place: Place = {}, caller = admin) =>
    (await caller.get<{ items: SettingView[] }>(`${PATH}?${queryOf(place)}`)).body.items;
  const held = async (key: string, place: Place = {}) => {
    const { value, scope } = (await all(place)).find((item) => item.key === key) ?? {};
    return [value, scope];
  };
  const set = <T = SettingView>(key: string, value: unknown, place: Place = {}, caller = admin) =>
    caller.put<T>(`${PATH}/${key}`, { value, ...place });
  const reset = (key: string, place: Place = {}, caller = admin) => caller.delete(`${PATH}/${key}?${queryOf(place)}`);

  it('are listed with type, default and what they do', async () => {
    const items = await all();

    expect(Object.fromEntries(items.map(({ key, default: byDefault }) => [key, byDefault]))).toEqual({
      'registration.allowed': true,
      'registration.confirmationRequired': true,
      'registration.autoLogin': false,
      'registration.companyRequired': true,
      'registration.instructions': null,
      'registration.ownerId': null,
      'accounts.caseInsensitiveEmail': true,
      'accounts.enumerationProtection': true,
      'accounts.passwordLogin': true,
      'accounts.emailChangeVerification': true,
      'passwords.minLength': 8,
      'passwords.lowerCase': true,
      'passwords.upperCase': true,
      'passwords.digits': true,
      'passwords.specialCharacters': false,
      'lockout.attempts': 10,
      'lockout.attemptsPerAddress': 100,
      'lockout.windowMinutes': 60,
      'lockout.lockMinutes': 60,
      'tokens.setPasswordHours': 24,
      'tokens.resetPasswordHours': 24,
      'tokens.confirmEmailHours': 24,
      'tokens.changeEmailHours': 24,
      'links.setPassword': null,
      'links.confirmEmail': null,
      'links.changeEmail': null,
      'links.login': null,
      'consents.enabled': true,
      'imports.maxMegabytes': 1_024,
      'imports.maxRows': 5_000_000,
      'imports.sameFileMinutes': 10,
      'mail.perMinute': 600,
      'mail.senderName': 'Customer Identity',
      'mail.senderAddress': 'no-reply@example.com',
    });
    expect(items.find(({ key }) => key === 'passwords.minLength')).toEqual({
      key: 'passwords.minLength',
      value: 8,
      default: 8,
      type: 'integer',
      scope: 'default',
      description: 'The fewest characters of a password. From 8 to 128.',
    });
    expect(items.every(({ description }) => description.length > 10)).toBe(true);
  });

  it('hold where they are set and below, the nearest first, and fall back when they are reset', async () => {
    const { id: organizationId, websiteId } = await anOrganization(product);
    const { id: other } = await aWebsite(product, organizationId);
    const key = 'passwords.minLength';

    expect((await set(key, 9)).body).toMatchObject({ key, value: 9, default: 8, scope: 'system' });
    await set(key, 10, { organizationId });
    const { status, body } = await set(key, 11, { websiteId });

    expect([status, body.value, body.scope]).toEqual([200, 11, 'website']);
    expect(await held(key, { websiteId })).toEqual([11, 'website']);
    expect(await held(key, { websiteId: other })).toEqual([10, 'organization']);
    expect(await held(key, { organizationId })).toEqual([10, 'organization']);
    expect(await held(key, { organizationId: 1 })).toEqual([9, 'system']);

    expect((await reset(key, { websiteId })).status).toBe(204);
    expect(await held(key, { websiteId })).toEqual([10, 'organization']);
    await reset(key, { organizationId });
    expect(await held(key, { websiteId })).toEqual([9, 'system']);
    await reset(key);
    expect(await held(key, { websiteId })).toEqual([8, 'default']);
    expect((await reset(key)).status).toBe(204);
  });

  it('take effect at once', async () => {
    await set('passwords.minLength', 30, { organizationId: 1 });
    const refused = await admin.post('/admin/api/customer-users', {
      email: 'short@acme.example',
      firstName: 'A',
      lastName: 'B',
      password: 'Correct-horse-2',
    });
    await reset('passwords.minLength', { organizationId: 1 });

    expect(refused.body.errors?.[0]?.pointer).toBe('/password');
    expect((await aCustomerUser(admin)).passwordStatus).toBe('active');
  });

  it.each([
    ['registration.allowed', 'true', 'not_a_boolean'],
    ['registration.allowed', null, 'not_a_boolean'],
    ['registration.instructions', 5, 'not_a_string'],
    ['registration.instructions', ' ', 'too_short'],
    ['registration.instructions', 'x'.repeat(10_001), 'too_long'],
    ['registration.instructions', 'a\0b', 'malformed'],
    ['passwords.minLength', '8', 'not_an_integer'],
    ['passwords.minLength', 8.5, 'not_an_integer'],
    ['passwords.minLength', 7, 'too_small'],
    ['passwords.minLength', 129, 'too_large'],
    ['lockout.attempts', 0, 'too_small'],
    ['tokens.changeEmailHours', 721, 'too_large'],
    ['links.login', 'javascript:alert(1)', 'not_a_url'],
    ['links.setPassword', 'https://shop.example/#here', 'not_a_url'],
    ['mail.senderAddress', 'nobody', 'not_an_email'],
    ['mail.senderAddress', null, 'not_an_email'],
    ['mail.senderName', 'two\nlines', 'malformed'],
    ['mail.senderName', {}, 'not_a_string'],
  ])('never let %s be %j', async (key, value, code) => {
    const { status, body } = await set<Refused>(key, value);

    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: '/value', code })]]);
    expect((await held(key))[1]).toBe('default');
  });

  it.each([
    ['registration.instructions', 'Only for\ndealers.'],
    ['links.login', 'http://localhost:8080/login?from=mail'],
    ['mail.senderAddress', 'shop@merchant.example'],
    ['mail.senderName', 'Zoë’s shop'],
  ])('let %s be %j', async (key, value) => {
    expect((await set(key, value)).status).toBe(200);
    expect(await held(key)).toEqual([value, 'system']);
    await reset(key);
  });

  it('can be null at one place where a wider one has a text', async () => {
    await set('registration.instructions', 'For dealers.');
    await set('registration.instructions', null, { organizationId: 1 });

    expect(await held('registration.instructions', { organizationId: 1 })).toEqual([null, 'organization']);
    await reset('registration.instructions', { organizationId: 1 });
    await reset('registration.instructions');
  });

  it('are not there under another key', async () => {
    for (const { status, body } of [await set<Refused>('no.such', 1), await reset('no.such'), await set<Refused>('__proto__', 1)])
      expect([status, body.code]).toEqual([404, 'not_found']);
  });

  it('are refused with unknown members, without a value, and for two places at once', async () => {
    const put = async (body: object) =>
      (await admin.put(`${PATH}/registration.allowed`, body)).body.errors?.map(({ pointer, code }) => [pointer, code]);

    expect(await put({})).toEqual([['/value', 'required']]);
    expect(await put({ value: true, scope: 'system' })).toEqual([['/scope', 'unknown_member']]);
    expect(await put({ value: true, organizationId: 1, websiteId: 1 })).toEqual([
      ['/organizationId', 'settings.one_holder'],
      ['/websiteId', 'settings.one_holder'],
    ]);
    for (const query of ['nope=1', 'organizationId=x', 'websiteId=0', 'organizationId=1&websiteId=1'])
      expect((await admin.get(`${PATH}?${query}`)).status).toBe(400);
  });

  it('are refused where they would mean nothing', async () => {
    expect(
      (await set<Refused>('accounts.caseInsensitiveEmail', 'no', { websiteId: 1 })).body.errors?.map(({ pointer, code }) => [
        pointer,
        code,
      ]),
    ).toEqual([
      ['/value', 'not_a_boolean'],
      ['/websiteId', 'settings.scope_not_offered'],
    ]);
    expect((await set<Refused>('lockout.attempts', 5, { organizationId: 1 })).body.errors?.[0]?.code).toBe('settings.scope_not_offered');
  });

  it('are set once when many set them at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => set('tokens.confirmEmailHours', n + 1, { organizationId: 1 })));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect((await held('tokens.confirmEmailHours', { organizationId: 1 }))[1]).toBe('organization');
    await reset('tokens.confirmEmailHours', { organizationId: 1 });
  });

  it('have a history of who changed what, and where it held', async () => {
    const { id: organizationId, websiteId } = await anOrganization(product);
    await set('mail.senderName', 'Ours', { organizationId });
    await set('mail.senderName', 'Ours', { organizationId });
    await set('mail.senderName', 'The shop', { websiteId });
    await reset('mail.senderName', { organizationId });

    const where = { entity: 'setting', organizationId };
    const entries = await product.work.repository(HistoryEntry).find({ where, order: { id: 'ASC' } });
    expect(entries.map(({ action, actorId, changes }) => ({ action, actorId, changes }))).toEqual([
      {
        action: 'changed',
        actorId: 1,
        changes: { 'mail.senderName': { old: 'Customer Identity', new: 'Ours' }, scope: { old: 'default', new: 'organization' } },
      },
      {
        action: 'changed',
        actorId: 1,
        changes: {
          'mail.senderName': { old: 'Ours', new: 'The shop' },
          scope: { old: 'organization', new: 'website' },
          websiteId: { old: websiteId, new: websiteId },
        },
      },
      {
        action: 'reset',
        actorId: 1,
        changes: { 'mail.senderName': { old: 'Ours', new: 'Customer Identity' }, scope: { old: 'organization', new: 'default' } },
      },
    ]);
  });

  describe('are kept apart', () => {
    it('so that those of another organization and its websites are not there on any route', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });

      for (const place of [{ organizationId: 1 }, { websiteId: 1 }, { organizationId: 999_999 }, { websiteId: 999_999 }]) {
        const answers = [
          await stranger.get(`${PATH}?${queryOf(place)}`),
          await set<Refused>('mail.senderName', 'Taken', place, stranger),
          await reset('mail.senderName', place, stranger),
        ];
        expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      }
      expect((await set('mail.senderName', 'Theirs', { organizationId }, stranger)).status).toBe(200);
      expect(await held('mail.senderName', { organizationId: 1 })).toEqual(['Customer Identity', 'default']);
    });

    it("so that the system's are seen by all, and set with global access alone", async () => {
      const local = await aConsoleCaller(product);

      expect((await all({}, local)).length).toBeGreaterThan(20);
      for (const { status, body } of [await set<Refused>('mail.senderName', 'Taken', {}, local), await reset('mail.senderName', {}, local)])
        expect([status, body.code]).toEqual([403, 'settings.global_access_required']);
    });

    it('by act: what one sees but may not set is refused with the permission', async () => {
      const { id: organizationId } = await anOrganization(product);
      const rights = { 'setting:view': 'global', 'setting:edit': 'organization' } as const;
      const caller = await aConsoleCaller(product, { globalAccess: true, rights });
      const reader = await aConsoleCaller(product, { rights: { 'setting:view': 'organization' } });

      for (const refused of [
        await set<Refused>('mail.senderName', 'X', { organizationId }, caller),
        await set<Refused>('mail.senderName', 'X', { organizationId: 1 }, reader),
      ])
        expect([refused.status, refused.body.detail]).toEqual([403, 'This needs the permission setting:edit.']);
    });
  });

  describe('let email addresses differ by case', () => {
    const KEY = 'accounts.caseInsensitiveEmail';
    const uniqueOf = async (email: string) =>
      (await product.work.repository(CustomerUser).findOneByOrFail({ organizationId: 1, email })).uniqueEmail;
    afterEach(async () => {
      await product.work.repository(CustomerUser).delete({ organizationId: 1 });
      await reset(KEY, { organizationId: 1 });
      await reset(KEY);
    });

    it('once it is off, and not again while two of them do', async () => {
      await aCustomerUser(admin, { email: 'First@acme.example' });
      expect(await uniqueOf('First@acme.example')).toBe('first@acme.example');

      expect((await set(KEY, false, { organizationId: 1 })).status).toBe(200);
      expect(await uniqueOf('First@acme.example')).toBe('First@acme.example');
      const second = await aCustomerUser(admin, { email: 'first@ACME.example' });

      for (const refused of [await set<Refused>(KEY, true, { organizationId: 1 }), await reset(KEY, { organizationId: 1 })]) {
        expect([refused.status, refused.body.code]).toEqual([409, 'customer_users.emails_differ_by_case']);
        expect(refused.body.detail).toContain('first@acme.example');
      }
      expect(await held(KEY, { organizationId: 1 })).toEqual([false, 'organization']);

      await admin.delete(`/admin/api/customer-users/${second.id}`);
      expect((await set(KEY, true, { organizationId: 1 })).status).toBe(200);
      expect(await uniqueOf('First@acme.example')).toBe('first@acme.example');
    });

    it('and says of up to ten which', async () => {
      await set(KEY, false);
      for (let n = 10; n < 22; n++)
        for (const email of [`person-${n}@case.example`, `Person-${n}@case.example`]) await aCustomerUser(admin, { email });

      const { body } = await set<Refused>(KEY, true);

      expect(body.detail.match(/person-\d+@case\.example/g)).toEqual(Array.from({ length: 10 }, (_, n) => `person-${n + 10}@case.example`));
    });

    it('for the whole system, but not where an organization has its own say', async () => {
      const { id: organizationId } = await anOrganization(product);
      await set(KEY, true, { organizationId: 1 });
      await aCustomerUser(admin, { email: 'Steady@acme.example' });

      await set(KEY, false);

      expect(await uniqueOf('Steady@acme.example')).toBe('steady@acme.example');
      expect(await held(KEY, { organizationId })).toEqual([false, 'system']);
    });

    it('and leave versions alone, and guests to share an address', async () => {
      const { id } = await aCustomerUser(admin, { email: 'Version@acme.example' });
      await aCustomerUser(admin, { email: 'version@acme.example', guest: true, password: undefined });

      await set(KEY, false, { organizationId: 1 });
      expect((await set(KEY, true, { organizationId: 1 })).status).toBe(200);

      expect((await admin.get<{ version: number }>(`/admin/api/customer-users/${id}`)).body.version).toBe(1);
      expect(await uniqueOf('version@acme.example')).toBeNull();
    });

    it('never by two who come in while it is turned on', async () => {
      for (let round = 0; round < 3; round++) {
        await set(KEY, false, { organizationId: 1 });
        const draft = { firstName: 'A', lastName: 'B' };
        await Promise.all([
          admin.post('/admin/api/customer-users', { ...draft, email: `Race-${round}@acme.example` }),
          set(KEY, true, { organizationId: 1 }),
          admin.post('/admin/api/customer-users', { ...draft, email: `race-${round}@acme.example` }),
        ]);

        const [on] = await held(KEY, { organizationId: 1 });
        const people = await product.work.repository(CustomerUser).findBy({ organizationId: 1, emailLower: `race-${round}@acme.example` });
        for (const { email, emailLower, uniqueEmail } of people) expect(uniqueEmail).toBe(on === true ? emailLower : email);
        await product.work.repository(CustomerUser).delete({ organizationId: 1 });
      }
    });
  });
});
