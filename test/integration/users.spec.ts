import { created } from '../factories/created.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { aPredefinedRole, aUserRole } from '../factories/user-roles.js';
import { aUser, aUserCaller, aUserDraft, aUserEmail, USER_PASSWORD, type UserBody } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { ADMIN, type Caller, type Product, startProduct, type Tokens } from '../support/product.js';

const PATH = '/admin/api/users';

describe('Console users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = (draft: object = {}) => admin.post<UserBody>(PATH, aUserDraft(draft));

  describe('are created', () => {
    it('with a place, an ETag and every member, and no password in any answer', async () => {
      const role = await aUserRole(admin);
      const draft = { email: 'Kim.Park@merchant.example', firstName: 'Kim', lastName: 'Park', roleIds: [role.id], password: USER_PASSWORD };

      const { status, headers, body } = await admin.post<UserBody>(PATH, draft);

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toEqual({
        ...{ id: body.id, organizationId: 1, email: 'Kim.Park@merchant.example', firstName: 'Kim', lastName: 'Park', fullName: 'Kim Park' },
        ...{ enabled: true, globalAccess: false, roles: [{ id: role.id, label: role.label }], hasPassword: true },
        ...{ lastLoginAt: null, loginCount: 0, createdAt: body.createdAt, updatedAt: body.createdAt, version: 1 },
      });
      expect((await admin.get(`${PATH}/${body.id}`)).body).toEqual(body);
      expect((await product.tryLogIn('/admin/api', 'kim.park@MERCHANT.example', USER_PASSWORD)).status).toBe(200);
    });

    it.each([
      [{ email: 'just"not"right@example.com' }, '/email', 'not_an_email'],
      [{ firstName: '' }, '/firstName', 'too_short'],
      [{ lastName: 'x'.repeat(256) }, '/lastName', 'too_long'],
      [{ enabled: null }, '/enabled', 'not_a_boolean'],
      [{ globalAccess: 'yes' }, '/globalAccess', 'not_a_boolean'],
      [{ roleIds: [1, 1] }, '/roleIds', 'repeated'],
      [{ roleIds: [999_999] }, '/roleIds/0', 'users.role_unknown'],
      [{ organizationId: 999_999 }, '/organizationId', 'organizations.unknown'],
      [{ id: 5 }, '/id', 'unknown_member'],
      [{ version: 5 }, '/version', 'unknown_member'],
      [{ passwordHash: 'x' }, '/passwordHash', 'unknown_member'],
      [{ emailKey: 'x' }, '/emailKey', 'unknown_member'],
    ])('never with %j', async (wrong, pointer, code) => {
      const { status, body } = await admin.post(PATH, aUserDraft(wrong));

      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer, code })]]);
    });

    it('never with a weak password or unknown roles: all broken rules in one answer', async () => {
      const { status, body } = await admin.post(PATH, aUserDraft({ password: 'short', roleIds: [999_998, 999_999] }));

      expect([status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
        400,
        [
          ...['/roleIds/0 users.role_unknown', '/roleIds/1 users.role_unknown', '/password passwords.too_short'],
          ...['/password passwords.upper_case_missing', '/password passwords.digit_missing'],
        ],
      ]);
    });

    it('once with one email, whatever its case and however many ask at once', async () => {
      const emails = Array.from({ length: 12 }, (_, i) => (i % 2 ? 'RACE@merchant.example' : 'race@merchant.example'));

      const answers = await Promise.all(emails.map((email) => admin.post(PATH, aUserDraft({ email }))));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
      const refused = answers.find(({ status }) => status === 409)?.body;
      expect([refused?.code, refused?.errors?.[0]?.pointer]).toEqual(['users.email_taken', '/email']);
      expect((await admin.get<Listed>(`${PATH}?filter[email]=race@merchant.example`)).body.items).toHaveLength(1);
    });

    it('once with one email over all organizations', async () => {
      const { id: organizationId } = await anOrganization(product);
      const { email } = await aUser(admin);

      expect((await create({ email: email.toUpperCase(), organizationId })).body).toMatchObject({ status: 409, code: 'users.email_taken' });
    });

    it('in another organization by admins with global access alone', async () => {
      const { id: organizationId } = await anOrganization(product);
      const role = await aUserRole(admin, { permissions: { user: { view: 'organization', create: 'organization' } } });
      const local = await aUserCaller(product, { roleIds: [role.id] });

      expect((await create({ organizationId })).body.organizationId).toBe(organizationId);
      const refused = await local.post(PATH, aUserDraft({ organizationId }));
      expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([400, 'organizations.unknown']);
      expect((await local.post<UserBody>(PATH, aUserDraft({ organizationId: 1 }))).body.organizationId).toBe(1);
    });

    it('with roles of their own organization, or of every one', async () => {
      const { id: organizationId } = await anOrganization(product);
      const [theirs, ours, shared] = [
        await aUserRole(admin, {}, { organizationId }),
        await aUserRole(admin, {}, { organizationId: 1 }),
        await aUserRole(admin),
      ];

      expect((await create({ organizationId, roleIds: [theirs.id, shared.id] })).status).toBe(201);
      const { status, body } = await admin.post(PATH, aUserDraft({ organizationId, roleIds: [theirs.id, ours.id] }));
      expect([status, body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer: '/roleIds/1', code: 'users.role_unknown' })]);
    });
  });

  describe('are listed', () => {
    it('by every column', async () => {
      const role = await aUserRole(admin);
      const { id: organizationId } = await anOrganization(product);
      const { id, email } = await aUser(admin, {
        firstName: 'Listed',
        lastName: 'Person',
        roleIds: [role.id],
        globalAccess: true,
        organizationId,
      });
      await product.logInAdmin({ email, password: USER_PASSWORD });
      const filters = [
        ...[`id=${id}`, `email=${email}`, 'firstName=Listed', `lastName=Person`, `roleId=${role.id}`, `organizationId=${organizationId}`],
        ...['loginCount][gte=1', 'lastLoginAt][gt=2020-01-01T00:00:00Z', 'createdAt][gt=2020-01-01T00:00:00Z'],
        ...['updatedAt][gt=2020-01-01T00:00:00Z', 'globalAccess=true', 'enabled=true'],
      ];
      for (const filter of filters) {
        const [name, value] = filter.split('=');
        const url = `${PATH}?filter[${name}]=${value}&limit=200`;
        expect((await admin.get<Listed<UserBody>>(url)).body.items.map((user) => user.id)).toContain(id);
      }
      const opposite = ['globalAccess=false', 'enabled=false', 'roleId=999999', 'organizationId=1', 'roleId][null=true'];
      for (const filter of opposite) {
        const [name, value] = filter.split('=');
        const url = `${PATH}?filter[${name}]=${value}&limit=200`;
        expect((await admin.get<Listed<UserBody>>(url)).body.items.map((user) => user.id)).not.toContain(id);
      }
    });

    it.each(
      ['id', 'email', 'firstName', 'lastName', 'enabled', 'globalAccess', 'organizationId', 'lastLoginAt', 'loginCount'].concat([
        'createdAt',
        'updatedAt',
      ]),
    )('sorted by %s, page by page', async (key) => {
      const whole = (await admin.get<Listed<UserBody>>(`${PATH}?sort=-${key}&limit=200`)).body.items.map(({ id }) => id);
      const paged: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body }: { body: Listed<UserBody> } = await admin.get(`${PATH}?sort=-${key}&limit=7${cursor && `&cursor=${cursor}`}`);
        paged.push(...body.items.map(({ id }) => id));
        cursor = body.page.next;
      }
      expect(paged).toEqual(whole);
    });
  });

  describe('are changed', () => {
    it('in the members that are given, and not at all where nothing differs', async () => {
      const { id, email } = await aUser(admin);

      const changed = await admin.patch<UserBody>(`${PATH}/${id}`, { lastName: 'Jones' }, { 'if-match': '"1"' });
      expect(changed.body).toMatchObject({ firstName: 'Sam', lastName: 'Jones', email, version: 2 });
      expect((await admin.patch<UserBody>(`${PATH}/${id}`, { lastName: 'Jones' })).body.version).toBe(2);
      expect((await admin.patch(`${PATH}/${id}`, { lastName: 'Smith' }, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.patch(`${PATH}/${id}`, { organizationId: 1 })).body.errors?.[0]?.code).toBe('unknown_member');
    });

    it('never to the email of another one', async () => {
      const [one, other] = [await aUser(admin), await aUser(admin)];

      expect((await admin.patch(`${PATH}/${one.id}`, { email: other.email.toUpperCase() })).body.code).toBe('users.email_taken');
      expect((await admin.patch<UserBody>(`${PATH}/${one.id}`, { email: one.email.toUpperCase() })).status).toBe(200);
    });

    it.each([
      ['disabling', { enabled: false }],
      ['a new password', { password: 'Correct-horse-9' }],
      ['a new email', { email: 'moved@merchant.example' }],
    ])('so that %s ends their sessions at once', async (_act, change) => {
      const { id, email } = await aUser(admin);
      const tokens = await product.logInAdmin({ email, password: USER_PASSWORD });
      const session = product.as(tokens.accessToken);
      expect((await session.get('/admin/api/me')).status).toBe(200);

      expect((await admin.patch(`${PATH}/${id}`, { ...change })).status).toBe(200);
      await admin.patch(`${PATH}/${id}`, { enabled: true });

      expect((await session.get('/admin/api/me')).body).toMatchObject({ status: 401, code: 'auth.session_ended' });
      expect((await product.nobody.post('/admin/api/auth/refresh', { refreshToken: tokens.refreshToken })).status).toBe(401);
    });

    it('so that the applications of who is disabled are refused', async () => {
      const { id } = await aUser(admin, { roleIds: [(await aPredefinedRole(admin, 'Sales manager')).id] });
      const application = created(
        await admin.post<{ clientId: string; clientSecret: string }>(`${PATH}/${id}/oauth-applications`, { name: 'Connector' }),
      );
      const token = () =>
        product.nobody.post<{ access_token: string }>('/oauth2-token', {
          ...{ grant_type: 'client_credentials', client_id: application.clientId, client_secret: application.clientSecret },
        });
      const { body } = await token();
      const app = product.as(body.access_token);
      expect((await app.get('/admin/api/me')).status).toBe(200);

      await admin.patch(`${PATH}/${id}`, { enabled: false });

      expect([(await app.get('/admin/api/me')).status, (await token()).status]).toEqual([401, 401]);
    });

    it('with a history that says of a password only that it changed', async () => {
      const { id } = await aUser(admin);
      const role = await aUserRole(admin);
      await admin.patch(`${PATH}/${id}`, { password: 'Correct-horse-9', roleIds: [role.id], globalAccess: true });
      await admin.delete(`${PATH}/${id}`);

      const [first, second, third] = await historyOf(product, 'user', id);
      expect([first?.action, second?.action, third?.action]).toEqual(['created', 'changed', 'deleted']);
      expect(second?.changes).toEqual({
        passwordHash: { old: '(changed)', new: '(changed)' },
        roleIds: { old: [], new: [role.id] },
        globalAccess: { old: false, new: true },
      });
      expect(JSON.stringify([first, second, third])).not.toMatch(/argon2/);
    });
  });

  describe('are deleted', () => {
    it('with their sessions', async () => {
      const caller = await aUserCaller(product);

      expect((await admin.delete(`${PATH}/${caller.user.id}`)).status).toBe(204);
      expect([(await admin.get(`${PATH}/${caller.user.id}`)).status, (await caller.get('/admin/api/me')).status]).toEqual([404, 401]);
    });

    it('but not while they own customers or customer users', async () => {
      const [one, other] = [await aUser(admin), await aUser(admin)];
      await aCustomer(admin, { ownerId: one.id });
      await aCustomerUser(admin, { ownerId: other.id });

      for (const { id } of [one, other]) {
        const { status, body } = await admin.delete(`${PATH}/${id}`);
        expect([status, body.code]).toEqual([409, 'users.in_use']);
        expect((await admin.get(`${PATH}/${id}`)).status).toBe(200);
      }
    });
  });

  describe('are reached', () => {
    it('in their own organization alone: of another one they are not there', async () => {
      const { id: organizationId } = await anOrganization(product);
      const permissions = { user: { view: 'organization', edit: 'organization', delete: 'organization' } };
      const role = await aUserRole(admin, { permissions });
      const stranger = await aUserCaller(product, { organizationId, roleIds: [role.id] });
      const { id } = await aUser(admin);

      const answers = [
        await stranger.get(`${PATH}/${id}`),
        await stranger.patch(`${PATH}/${id}`, { lastName: 'X' }),
        await stranger.delete(`${PATH}/${id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect((await stranger.get<Listed<UserBody>>(PATH)).body.items.map((user) => user.id)).toEqual([stranger.user.id]);
    });

    it('as own by themselves, and by act: what one sees but may not change is refused with the permission', async () => {
      const role = await aUserRole(admin, { permissions: { user: { view: 'organization', edit: 'own', create: 'own' } } });
      const caller = await aUserCaller(product, { roleIds: [role.id] });
      const { id } = await aUser(admin);

      expect((await caller.patch(`${PATH}/${caller.user.id}`, { lastName: 'Self' })).status).toBe(200);
      expect((await caller.patch(`${PATH}/${id}`, { lastName: 'X' })).body).toMatchObject({
        status: 403,
        detail: 'This needs the permission user:edit.',
      });
      expect((await caller.delete(`${PATH}/${id}`)).body).toMatchObject({ status: 403, detail: 'This needs the permission user:delete.' });
      expect((await caller.post(PATH, aUserDraft())).body).toMatchObject({ status: 403, detail: 'This needs the permission user:create.' });
    });
  });

  describe('change themselves', () => {
    it('their names, without any permission', async () => {
      const caller = await aUserCaller(product);

      const { status, body } = await caller.patch<UserBody>('/admin/api/me', { firstName: 'Alex' });
      expect([status, body.fullName, body.version]).toEqual([200, 'Alex Miller', 2]);
      expect((await caller.patch('/admin/api/me', { globalAccess: true })).body.errors?.[0]?.code).toBe('unknown_member');
    });

    it('their password, with the current one, which ends every session', async () => {
      const caller = await aUserCaller(product);
      const { email } = caller.user;
      const wrong = await caller.post('/admin/api/me/password', { currentPassword: 'Wrong-horse-1', newPassword: 'short' });
      expect(wrong.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
        ...['/currentPassword passwords.current_wrong', '/newPassword passwords.too_short'],
        ...['/newPassword passwords.upper_case_missing', '/newPassword passwords.digit_missing'],
      ]);

      const changed = await caller.post('/admin/api/me/password', { currentPassword: USER_PASSWORD, newPassword: 'Correct-horse-8' });

      expect(changed.status).toBe(204);
      expect((await caller.get('/admin/api/me')).status).toBe(401);
      expect((await product.tryLogIn('/admin/api', email, USER_PASSWORD)).status).toBe(401);
      expect((await product.tryLogIn('/admin/api', email, 'Correct-horse-8')).status).toBe(200);
    });
  });

  describe('give no more than they hold themselves', () => {
    const permissions = {
      user: { view: 'organization', create: 'organization', edit: 'organization' },
      customer: { view: 'organization', edit: 'own' },
    };
    let manager: Caller & { user: UserBody };
    let same: number;
    let more: number;

    beforeAll(async () => {
      same = (await aUserRole(admin, { permissions })).id;
      more = (await aUserRole(admin, { permissions: { customer: { edit: 'organization' } }, capabilities: { import: true } })).id;
      manager = await aUserCaller(product, { roleIds: [same] });
    });

    it('to others or themselves', async () => {
      const answers = [
        await manager.post(PATH, aUserDraft({ roleIds: [same, more] })),
        await manager.patch(`${PATH}/${manager.user.id}`, { roleIds: [same, more] }),
        await manager.patch(`${PATH}/${(await aUser(admin)).id}`, { roleIds: [more] }),
      ];

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        Array.from({ length: 3 }, () => [403, 'user_roles.above_own_rights']),
      );
      expect(answers[0]?.body.errors).toEqual([
        {
          ...{ pointer: '/roleIds/1', code: 'user_roles.above_own_rights' },
          detail: 'This is more than you hold yourself: customer:edit at organization, import.',
        },
      ]);
      expect((await manager.post(PATH, aUserDraft({ roleIds: [same] }))).status).toBe(201);
    });

    it('nor global access', async () => {
      const { status, body } = await manager.post(PATH, aUserDraft({ globalAccess: true }));

      expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([403, 'users.global_access_required', '/globalAccess']);
      expect((await manager.patch(`${PATH}/${manager.user.id}`, { globalAccess: true })).status).toBe(403);
    });

    it('nor a global right to somebody with global access, which they have for their own organization alone', async () => {
      const global = await aUserRole(admin, { permissions: { ...permissions, customer: { view: 'global' } } });
      const local = await aUserCaller(product, { roleIds: [global.id, same] });
      const [worldly, ordinary] = [await aUser(admin, { globalAccess: true }), await aUser(admin)];

      expect((await local.patch(`${PATH}/${worldly.id}`, { roleIds: [global.id] })).body.code).toBe('user_roles.above_own_rights');
      expect((await local.patch(`${PATH}/${ordinary.id}`, { roleIds: [global.id] })).status).toBe(200);
    });

    it('and never become somebody who may do more, by his password, his email or an application of his', async () => {
      const boss = await aUser(admin, { roleIds: [more] });
      const peer = await aUser(admin, { roleIds: [same] });

      const answers = [
        await manager.patch(`${PATH}/${boss.id}`, { password: 'Correct-horse-9' }),
        await manager.patch(`${PATH}/${boss.id}`, { email: aUserEmail() }),
      ];
      expect(answers.map(({ body }) => [body.code, body.errors?.[0]?.pointer])).toEqual([
        ['user_roles.above_own_rights', '/password'],
        ['user_roles.above_own_rights', '/email'],
      ]);
      expect((await manager.patch(`${PATH}/${boss.id}`, { lastName: 'Jones' })).status).toBe(200);
      expect((await manager.patch(`${PATH}/${peer.id}`, { password: 'Correct-horse-9' })).status).toBe(200);
    });

    it('while taking a role away is nobody’s privilege', async () => {
      const boss = await aUser(admin, { roleIds: [more, same] });

      expect((await manager.patch<UserBody>(`${PATH}/${boss.id}`, { roleIds: [same] })).body.roles.map(({ id }) => id)).toEqual([same]);
    });
  });

  it('are let in no more by a login that a new password overtook', async () => {
    const { id, email } = await aUser(admin);
    const [login, change] = await Promise.all([
      product.tryLogIn<Tokens>('/admin/api', email, USER_PASSWORD),
      admin.patch(`${PATH}/${id}`, { password: 'Correct-horse-9' }),
    ]);

    expect(change.status).toBe(200);
    if (login.status === 200) expect((await product.as(login.body.accessToken).get('/admin/api/me')).status).toBe(401);
    expect((await product.tryLogIn('/admin/api', ADMIN.email, ADMIN.password)).status).toBe(200);
  });
});
