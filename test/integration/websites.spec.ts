import type { WebsiteView } from '../../src/organizations/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aCustomerRole, aLocalization, anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

type WebsiteBody = Json<WebsiteView>;

const PATH = '/admin/api/websites';
const URL_ = 'https://shop.example';

describe('Websites', () => {
  let product: Product;
  let admin: Caller;
  let first: WebsiteBody;
  let german: number;
  let french: number;
  let made = 0;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    [german, french] = [(await aLocalization(product)).id, (await aLocalization(product)).id];
    first = (await admin.get<WebsiteBody>(`${PATH}/1`)).body;
  });
  afterAll(() => product.close());

  const create = async (draft: object = {}, caller = admin) =>
    created(await caller.post<WebsiteBody>(PATH, { name: `Shop ${(made += 1)}`, url: URL_, ...draft }));
  const defaults = async (organizationId = 1) =>
    (await admin.get<Listed<WebsiteBody>>(`${PATH}?filter[isDefault]=true&filter[organizationId]=${organizationId}`)).body.items;

  describe('are created', () => {
    it('with a place, an ETag and every member', async () => {
      const draft = {
        name: 'Shop',
        url: 'http://localhost:8080/shop?x=1',
        localizationIds: [german, french],
        defaultLocalizationId: french,
        defaultRoleId: null,
        guestRoleId: first.guestRoleId,
      };

      const { status, headers, body } = await admin.post<WebsiteBody>(PATH, draft);

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({ ...draft, organizationId: 1, isDefault: false, version: 1 });
      expect((await admin.get(`${PATH}/${body.id}`)).body).toEqual(body);
    });

    it('with the languages and roles of the default website, unless said otherwise', async () => {
      const { defaultLocalizationId, defaultRoleId, guestRoleId } = first;

      expect(await create()).toMatchObject({ localizationIds: [defaultLocalizationId], defaultLocalizationId, defaultRoleId, guestRoleId });
      expect(await create({ defaultLocalizationId: german })).toMatchObject({ localizationIds: [german] });
      expect(await create({ localizationIds: [french, german] })).toMatchObject({ defaultLocalizationId: french });
    });

    it.each([
      [{ name: ' ' }, '/name', 'too_short'],
      [{ url: 'shop.example' }, '/url', 'not_a_url'],
      [{ url: 'javascript:alert(1)' }, '/url', 'not_a_url'],
      [{ url: 'ftp://shop.example' }, '/url', 'not_a_url'],
      [{ url: 'https://me:secret@shop.example' }, '/url', 'not_a_url'],
      [{ url: 'https://shop.example/a b' }, '/url', 'not_a_url'],
      [{ url: `https://shop.example/${'x'.repeat(500)}` }, '/url', 'not_a_url'],
      [{ url: null }, '/url', 'not_a_url'],
      [{ localizationIds: [] }, '/localizationIds', 'too_few'],
      [{ localizationIds: [1, 1] }, '/localizationIds', 'repeated'],
      [{ localizationIds: null }, '/localizationIds', 'not_an_array'],
      [{ localizationIds: [1, 999_999] }, '/localizationIds/1', 'websites.localization_unknown'],
      [{ defaultLocalizationId: null }, '/defaultLocalizationId', 'not_an_integer'],
      [{ defaultLocalizationId: 999_999, localizationIds: [1] }, '/defaultLocalizationId', 'websites.localization_unknown'],
      [{ defaultRoleId: 999_999 }, '/defaultRoleId', 'websites.default_role_unknown'],
      [{ guestRoleId: 999_999 }, '/guestRoleId', 'websites.guest_role_unknown'],
      [{ organizationId: 999_999 }, '/organizationId', 'organizations.unknown'],
      [{ version: 3 }, '/version', 'unknown_member'],
    ])('never with %j', async (wrong, pointer, code) => {
      const { status, body } = await admin.post(PATH, { name: 'Wrong', url: URL_, ...wrong });

      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    });

    it("never with a default localization that they do not offer, a customer's own role and more wrong, all in one answer", async () => {
      const { id: customerId } = await aCustomer(admin);
      const draft = { localizationIds: [german], defaultLocalizationId: french, defaultRoleId: await aCustomerRole(product, customerId) };

      const { body } = await admin.post(PATH, { name: 'Wrong', url: URL_, guestRoleId: 999_999, ...draft });

      expect(body.errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
        ['/defaultLocalizationId', 'websites.default_localization_not_offered'],
        ['/defaultRoleId', 'websites.default_role_unknown'],
        ['/guestRoleId', 'websites.guest_role_unknown'],
      ]);
    });

    it('never with the name of another one of the organization', async () => {
      const { name } = await create();
      const { status, body } = await admin.post(PATH, { name, url: URL_ });

      expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([409, 'websites.name_taken', '/name']);
    });
  });

  describe('are changed', () => {
    it('in the members that are given; null clears a role', async () => {
      const { id, name } = await create({ localizationIds: [german, french] });

      const change = {
        url: 'https://other.example',
        localizationIds: [french, first.defaultLocalizationId],
        defaultLocalizationId: french,
      };
      const { status, headers, body } = await admin.patch<WebsiteBody>(`${PATH}/${id}`, { ...change, guestRoleId: null });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({
        name,
        url: change.url,
        defaultLocalizationId: french,
        guestRoleId: null,
        defaultRoleId: first.defaultRoleId,
      });
      expect(body.localizationIds).toEqual([french, first.defaultLocalizationId].sort((a, b) => a - b));
      expect((await admin.get(`${PATH}/${id}`)).body).toEqual(body);
    });

    it('with a new version when it is the languages alone', async () => {
      const { id } = await create({ localizationIds: [german] });

      expect((await admin.patch<WebsiteBody>(`${PATH}/${id}`, { localizationIds: [german, french] })).body.version).toBe(2);
      expect((await admin.patch<WebsiteBody>(`${PATH}/${id}`, { localizationIds: [french, german] })).body.version).toBe(2);
    });

    it.each([
      [{ name: null }, '/name', 'not_a_string'],
      [{ url: 'nope' }, '/url', 'not_a_url'],
      [{ organizationId: 1 }, '/organizationId', 'unknown_member'],
      [{ defaultRoleId: 999_999 }, '/defaultRoleId', 'websites.default_role_unknown'],
    ])('never with %j', async (wrong, pointer, code) => {
      const { id } = await create();
      const { status, body } = await admin.patch(`${PATH}/${id}`, wrong);

      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer, code })]]);
    });

    it('never to offer less than their default localization', async () => {
      const { id } = await create({ localizationIds: [german] });
      const { body } = await admin.patch(`${PATH}/${id}`, { localizationIds: [french] });

      expect(body.errors?.map(({ code }) => code)).toEqual(['websites.default_localization_not_offered']);
    });

    it('never with a stale version', async () => {
      const { id } = await create();
      await admin.patch(`${PATH}/${id}`, { url: 'https://second.example' });

      expect((await admin.patch(`${PATH}/${id}`, { url: URL_ }, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(412);
    });
  });

  describe('have exactly one default in an organization', () => {
    it('which another one becomes in its place', async () => {
      const { id } = await create();

      expect((await admin.patch<WebsiteBody>(`${PATH}/${id}`, { isDefault: true })).body.isDefault).toBe(true);
      expect((await defaults()).map((website) => website.id)).toEqual([id]);
      expect((await aCustomerUser(admin)).website?.id).toBe(id);
      const made = await create({ isDefault: true });
      expect((await defaults()).map((website) => website.id)).toEqual([made.id]);
    });

    it('which cannot stop being it, nor be deleted', async () => {
      const { id } = await create({ isDefault: true });

      const [unset, gone] = [await admin.patch(`${PATH}/${id}`, { isDefault: false }), await admin.delete(`${PATH}/${id}`)];

      expect([unset.status, unset.body.errors?.[0]?.code]).toEqual([400, 'websites.default_required']);
      expect([gone.status, gone.body.code]).toEqual([409, 'websites.default_undeletable']);
    });

    it('also when several are made it at once', async () => {
      const shops = [await create(), await create(), await create()];

      const answers = await Promise.all(shops.map(({ id }) => admin.patch(`${PATH}/${id}`, { isDefault: true })));

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await defaults()).toHaveLength(1);
    });
  });

  describe('are deleted', () => {
    it('and gone, with their settings', async () => {
      const { id } = await create();
      await admin.put('/admin/api/settings/mail.senderName', { value: 'Gone', websiteId: id });

      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
      expect(await product.work.repository('settings').countBy({ scope: 'website', scopeId: id })).toBe(0);
    });

    it('but not while people or consents need them', async () => {
      const [home, asking] = [await create(), await create()];
      await aCustomerUser(admin, { websiteId: home.id });
      created(await admin.post('/admin/api/consents', { name: 'Terms', text: 'Be kind.', websiteIds: [asking.id] }));

      for (const { id } of [home, asking]) {
        const { status, body } = await admin.delete(`${PATH}/${id}`);
        expect([status, body.code]).toEqual([409, 'websites.in_use']);
      }
    });
  });

  it('have a history of who changed what', async () => {
    const { id } = await create({ localizationIds: [german] });
    await admin.patch(`${PATH}/${id}`, { localizationIds: [german, french] });
    await admin.patch(`${PATH}/${id}`, { isDefault: true });
    await create({ isDefault: true });
    await admin.delete(`${PATH}/${id}`);

    expect(
      (await historyOf(product, 'website', id)).map(({ action, changes }) => [action, changes['localizationIds'], changes['isDefault']]),
    ).toEqual([
      ['created', { old: null, new: [german] }, { old: null, new: false }],
      ['changed', { old: [german], new: [german, french] }, undefined],
      ['changed', undefined, { old: false, new: true }],
      ['changed', undefined, { old: true, new: false }],
      ['deleted', { old: [german, french], new: null }, { old: false, new: null }],
    ]);
  });

  describe('are kept apart', () => {
    it('so that those of another organization, and what belongs to it, are not there on any route', async () => {
      const { id: organizationId, websiteId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const theirs = await create({}, stranger);

      expect(theirs.organizationId).toBe(organizationId);
      expect((await stranger.get<Listed<WebsiteBody>>(PATH)).body.items.map(({ id }) => id).sort()).toEqual([websiteId, theirs.id].sort());
      const answers = [
        await stranger.get(`${PATH}/1`),
        await stranger.patch(`${PATH}/1`, { name: 'Taken' }),
        await stranger.delete(`${PATH}/1`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      const ours = { localizationIds: [theirs.defaultLocalizationId, german], defaultRoleId: first.defaultRoleId };
      expect((await stranger.patch(`${PATH}/${theirs.id}`, ours)).body.errors?.map(({ code }) => code)).toEqual([
        'websites.localization_unknown',
        'websites.default_role_unknown',
      ]);
    });

    it('and made elsewhere with global access alone', async () => {
      const { id: organizationId, websiteId } = await anOrganization(product);
      const local = await aConsoleCaller(product);

      const refused = await local.post(PATH, { name: 'Elsewhere', url: URL_, organizationId });
      expect(refused.body.errors?.[0]?.code).toBe('organizations.unknown');
      expect((await create({ organizationId, isDefault: true })).organizationId).toBe(organizationId);
      expect((await admin.get<WebsiteBody>(`${PATH}/${websiteId}`)).body.isDefault).toBe(false);
      expect(await defaults()).toHaveLength(1);
    });

    it('by act: what one sees but may not change is refused with the permission', async () => {
      const { websiteId } = await anOrganization(product);
      const rights = { 'website:view': 'global', 'website:edit': 'organization', 'website:delete': 'organization' } as const;
      const caller = await aConsoleCaller(product, { globalAccess: true, rights });

      expect((await caller.patch(`${PATH}/${websiteId}`, { name: 'X' })).body.detail).toBe('This needs the permission website:edit.');
      expect((await caller.delete(`${PATH}/${websiteId}`)).status).toBe(403);
    });
  });
});
