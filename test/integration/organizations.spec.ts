import type { LocalizationView, OrganizationView, WebsiteView } from '../../src/organizations/index.js';
import type { RoleView } from '../../src/roles/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { anOrganization, aWebsite } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

type OrganizationBody = Json<OrganizationView>;

const PATH = '/admin/api/organizations';

describe('Organizations', () => {
  let product: Product;
  let admin: Caller;
  let made = 0;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = async (draft: object = {}) =>
    created(await admin.post<OrganizationBody>(PATH, { name: `Merchant ${(made += 1)}`, ...draft }));
  const namesOf = async <T extends { name: string }>(path: string) => (await admin.get<Listed<T>>(path)).body.items.map(({ name }) => name);

  describe('are created', () => {
    it('with a place, an ETag and every member', async () => {
      const { status, headers, body } = await admin.post<OrganizationBody>(PATH, { name: 'North' });

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({ name: 'North', enabled: true, version: 1 });
      expect((await admin.get(`${PATH}/${body.id}`)).body).toEqual(body);
    });

    it('with English, the predefined roles and a default website that gives them', async () => {
      const { id } = await create();
      const of = `filter[organizationId]=${id}`;

      expect(await namesOf<LocalizationView>(`/admin/api/localizations?${of}`)).toEqual(['English']);
      const { items: roles } = (await admin.get<Listed<RoleView>>(`/admin/api/customer-user-roles?${of}`)).body;
      expect(roles.map(({ label }) => label)).toEqual(['Administrator', 'Buyer', 'Non-authenticated visitors']);
      const { items } = (await admin.get<Listed<WebsiteView>>(`/admin/api/websites?${of}`)).body;
      expect(items).toEqual([
        expect.objectContaining({ name: 'Default', isDefault: true, defaultRoleId: roles[1]?.id, guestRoleId: roles[2]?.id }),
      ]);
    });

    it.each([
      [{ name: '' }, '/name', 'too_short'],
      [{ name: null }, '/name', 'not_a_string'],
      [{ name: 'x'.repeat(256) }, '/name', 'too_long'],
      [{ enabled: 'yes' }, '/enabled', 'not_a_boolean'],
      [{ enabled: null }, '/enabled', 'not_a_boolean'],
      [{ id: 5 }, '/id', 'unknown_member'],
      [{ version: 5 }, '/version', 'unknown_member'],
    ])('never with %j', async (wrong, pointer, code) => {
      const { status, body } = await admin.post(PATH, { name: 'Wrong', ...wrong });

      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    });

    it('once with one name, however many ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => admin.post(PATH, { name: 'Only one' })));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      const refused = answers.find(({ status }) => status === 409)?.body;
      expect([refused?.code, refused?.errors?.[0]?.pointer]).toEqual(['organizations.name_taken', '/name']);
    });

    it('by admins with global access alone', async () => {
      for (const draft of [{}, { globalAccess: true, rights: { 'organization:create': 'organization' } as const }]) {
        const caller = await aConsoleCaller(product, draft);
        const { status, body } = await caller.post(PATH, { name: 'Not mine to make' });
        expect([status, body.code]).toEqual([403, 'organizations.global_access_required']);
      }
      const other = await aConsoleCaller(product, { globalAccess: true });
      expect((await other.post(PATH, { name: 'Mine to make' })).status).toBe(201);
    });
  });

  describe('are changed', () => {
    it('in the members that are given', async () => {
      const { id, name } = await create();

      const { status, headers, body } = await admin.patch<OrganizationBody>(`${PATH}/${id}`, { enabled: false });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({ name, enabled: false });
    });

    it('never to the name of another one, nor with a stale version', async () => {
      const [one, other] = [await create(), await create()];

      expect((await admin.patch(`${PATH}/${one.id}`, { name: other.name })).body.code).toBe('organizations.name_taken');
      await admin.patch(`${PATH}/${one.id}`, { name: 'Second name' });
      const stale = await admin.patch(`${PATH}/${one.id}`, { name: 'Third name' }, { 'if-match': '"1"' });
      expect([stale.status, stale.body.code]).toEqual([412, 'precondition.stale']);
      expect((await admin.delete(`${PATH}/${one.id}`, { 'if-match': '"1"' })).status).toBe(412);
    });

    it('not so that the caller disables his own', async () => {
      const { status, body } = await admin.patch(`${PATH}/1`, { enabled: false });

      expect([status, body.errors?.[0]]).toEqual([
        400,
        expect.objectContaining({ pointer: '/enabled', code: 'organizations.own_organization' }),
      ]);
      expect((await admin.get<OrganizationBody>(`${PATH}/1`)).body.enabled).toBe(true);
    });
  });

  describe('are deleted', () => {
    it('with all that they were founded with, and their settings', async () => {
      const { id } = await create();
      await admin.put('/admin/api/settings/mail.senderName', { value: 'Gone', organizationId: id });

      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
      expect(await namesOf(`/admin/api/websites?filter[organizationId]=${id}`)).toEqual([]);
      expect(await product.work.repository('settings').countBy({ scope: 'organization', scopeId: id })).toBe(0);
    });

    it('but not while they have people, customers or more websites', async () => {
      const [withUser, withCustomer, withWebsite] = [await create(), await create(), await create()];
      await aConsoleCaller(product, { organizationId: withUser.id });
      const insider = await aConsoleCaller(product, { organizationId: withCustomer.id });
      await aCustomer(insider);
      await aWebsite(product, withWebsite.id);

      for (const { id } of [withUser, withCustomer, withWebsite, { id: 1 }]) {
        const { status, body } = await admin.delete(`${PATH}/${id}`);
        expect([status, body.code]).toEqual([409, 'organizations.in_use']);
        expect(await namesOf(`/admin/api/localizations?filter[organizationId]=${id}`)).toContain('English');
      }
    });
  });

  it('have a history of who changed what', async () => {
    const { id, name } = await create();
    await admin.patch(`${PATH}/${id}`, { name: 'New name' });
    await admin.patch(`${PATH}/${id}`, { name: 'New name' });
    await admin.delete(`${PATH}/${id}`);

    expect(
      (await historyOf(product, 'organization', id)).map(({ action, actorId, changes }) => [action, actorId, changes['name']]),
    ).toEqual([
      ['created', 1, { old: null, new: name }],
      ['changed', 1, { old: name, new: 'New name' }],
      ['deleted', 1, { old: 'New name', new: null }],
    ]);
  });

  describe('are kept apart', () => {
    it('so that another one is not there on any route', async () => {
      const { id } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId: id });

      expect((await stranger.get<Listed<OrganizationBody>>(PATH)).body.items.map((item) => item.id)).toEqual([id]);
      const answers = [
        await stranger.get(`${PATH}/1`),
        await stranger.patch(`${PATH}/1`, { name: 'Taken over' }),
        await stranger.delete(`${PATH}/1`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect((await admin.get<OrganizationBody>(`${PATH}/1`)).body.name).toBe('Main organization');
    });

    it('by act: what one sees but may not change is refused with the permission', async () => {
      const { id } = await create();
      const rights = { 'organization:view': 'global', 'organization:edit': 'organization', 'organization:delete': 'organization' } as const;
      const caller = await aConsoleCaller(product, { globalAccess: true, rights });

      const answers = [await caller.patch(`${PATH}/${id}`, { name: 'X' }), await caller.delete(`${PATH}/${id}`)];

      expect(answers.map(({ status, body }) => [status, body.detail])).toEqual([
        [403, 'This needs the permission organization:edit.'],
        [403, 'This needs the permission organization:delete.'],
      ]);
    });
  });
});
