import { anOrganization } from '../factories/organizations.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUser, aUserCaller, aUserDraft, USER_PASSWORD, type UserBody } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

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
      const { status, body } = await admin.post(PATH, aUserDraft({ firstName: '', password: 'short', roleIds: [999_998, 999_999] }));

      expect([status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
        400,
        [
          '/firstName too_short',
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
});
