import type { LocalizationView } from '../../src/organizations/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aLocalization, anOrganization, aWebsite } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

type LocalizationBody = Json<LocalizationView>;

const PATH = '/admin/api/localizations';

describe('Localizations', () => {
  let product: Product;
  let admin: Caller;
  let made = 0;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = async (draft: object = {}) =>
    created(await admin.post<LocalizationBody>(PATH, { name: `Language ${(made += 1)}`, languageCode: 'fr', ...draft }));

  describe('are created', () => {
    it('with a place, an ETag and every member', async () => {
      const parent = await create();
      const draft = { name: 'German (Switzerland)', languageCode: 'de-CH', parentId: parent.id };

      const { status, headers, body } = await admin.post<LocalizationBody>(PATH, draft);

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({ ...draft, organizationId: 1, version: 1 });
      expect((await admin.get(`${PATH}/${body.id}`)).body).toEqual(body);
    });

    it.each([
      ['pt-br', 'pt-BR'],
      ['ZH-hant-tw', 'zh-Hant-TW'],
      ['sr-Latn', 'sr-Latn'],
      ['gsw', 'gsw'],
    ])('with the code %s, kept as %s', async (languageCode, kept) => {
      expect((await create({ languageCode })).languageCode).toBe(kept);
    });

    it.each(['', 'english', 'e', 'en_US', 'de-', 'de--CH', '12', 'x-private', ' en', 5, null, {}, `en-${'x-abcdefgh-'.repeat(4)}z`])(
      'never with the code %j',
      async (languageCode) => {
        const { status, body } = await admin.post(PATH, { name: 'Wrong', languageCode });

        expect(status).toBe(400);
        expect(body.errors).toEqual([expect.objectContaining({ pointer: '/languageCode', code: 'not_a_language_tag' })]);
      },
    );

    it('never with a parent that is not there, an unknown organization or unknown members', async () => {
      const refusal = async (wrong: object) => (await admin.post(PATH, { name: 'Wrong', languageCode: 'en', ...wrong })).body.errors;

      expect(await refusal({ parentId: 999_999 })).toEqual([
        expect.objectContaining({ pointer: '/parentId', code: 'localizations.parent_unknown' }),
      ]);
      expect(await refusal({ organizationId: 999_999 })).toEqual([
        expect.objectContaining({ pointer: '/organizationId', code: 'organizations.unknown' }),
      ]);
      expect((await refusal({ name: '', languageCode: '?', version: 2 }))?.map(({ pointer }) => pointer).sort()).toEqual([
        '/languageCode',
        '/name',
        '/version',
      ]);
    });

    it('never with the name of another one of the organization', async () => {
      const { status, body } = await admin.post(PATH, { name: 'English', languageCode: 'en-GB' });

      expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([409, 'localizations.name_taken', '/name']);
    });
  });

  describe('are changed', () => {
    it('in the members that are given; null clears the parent', async () => {
      const parent = await create();
      const { id } = await create({ parentId: parent.id });

      const { status, headers, body } = await admin.patch<LocalizationBody>(`${PATH}/${id}`, { parentId: null, languageCode: 'fr-be' });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({ parentId: null, languageCode: 'fr-BE' });
      expect((await admin.patch(`${PATH}/${id}`, { organizationId: 1 })).body.errors?.[0]?.code).toBe('unknown_member');
      expect((await admin.patch(`${PATH}/${id}`, { name: null })).body.errors?.[0]?.code).toBe('not_a_string');
    });

    it('never into a circle', async () => {
      const top = await create();
      const middle = await create({ parentId: top.id });
      const bottom = await create({ parentId: middle.id });

      for (const parentId of [top.id, middle.id, bottom.id]) {
        const { status, body } = await admin.patch(`${PATH}/${top.id}`, { parentId });
        expect([status, body.errors?.[0]?.code]).toEqual([400, 'localizations.parent_cycle']);
      }
    });

    it('never into a circle that two close at once', async () => {
      for (let round = 0; round < 5; round++) {
        const [one, other] = [await create(), await create()];

        const answers = await Promise.all([
          admin.patch(`${PATH}/${one.id}`, { parentId: other.id }),
          admin.patch(`${PATH}/${other.id}`, { parentId: one.id }),
        ]);

        expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      }
    });

    it('never with a stale version', async () => {
      const { id } = await create();
      await admin.patch(`${PATH}/${id}`, { languageCode: 'it' });

      expect((await admin.patch(`${PATH}/${id}`, { languageCode: 'es' }, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(412);
    });
  });

  describe('are deleted', () => {
    it('and gone', async () => {
      const { id } = await create();

      expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
      expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
    });

    it('but not while a website, another localization or a person needs them', async () => {
      const parent = await create();
      await create({ parentId: parent.id });
      const { id: websiteId, localizationId } = await aWebsite(product);
      const offered = await aLocalization(product, 1, websiteId);
      await aCustomerUser(admin, { websiteId, preferredLocalizationId: offered.id, enabled: false });

      for (const id of [parent.id, localizationId, offered.id]) {
        const { status, body } = await admin.delete(`${PATH}/${id}`);
        expect([status, body.code]).toEqual([409, 'localizations.in_use']);
      }
    });
  });

  it('have a history of who changed what', async () => {
    const { id } = await create({ languageCode: 'fr' });
    await admin.patch(`${PATH}/${id}`, { languageCode: 'fr-CA' });
    await admin.delete(`${PATH}/${id}`);

    const entries = await historyOf(product, 'localization', id);
    expect(entries.map(({ action, changes }) => [action, changes['languageCode']])).toEqual([
      ['created', { old: null, new: 'fr' }],
      ['changed', { old: 'fr', new: 'fr-CA' }],
      ['deleted', { old: 'fr-CA', new: null }],
    ]);
  });

  describe('are kept apart', () => {
    it('so that those of another organization are not there on any route, nor as a parent', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });
      const ours = await create();
      const theirs = created(await stranger.post<LocalizationBody>(PATH, { name: 'Theirs', languageCode: 'nl' }));

      expect(theirs.organizationId).toBe(organizationId);
      expect((await stranger.get<Listed<LocalizationBody>>(PATH)).body.items.map(({ name }) => name)).toEqual(['English', 'Theirs']);
      const answers = [
        await stranger.get(`${PATH}/${ours.id}`),
        await stranger.patch(`${PATH}/${ours.id}`, { name: 'Taken' }),
        await stranger.delete(`${PATH}/${ours.id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      const parent = await stranger.patch(`${PATH}/${theirs.id}`, { parentId: ours.id });
      expect(parent.body.errors?.[0]?.code).toBe('localizations.parent_unknown');
    });

    it('and made elsewhere with global access alone', async () => {
      const { id: organizationId } = await anOrganization(product);
      const draft = { name: 'Elsewhere', languageCode: 'nl', organizationId };
      const local = await aConsoleCaller(product);

      expect((await local.post(PATH, draft)).body.errors?.[0]?.code).toBe('organizations.unknown');
      expect((await local.post(PATH, { ...draft, organizationId: 1 })).status).toBe(201);
      expect((await create(draft)).organizationId).toBe(organizationId);
    });

    it('by act: what one sees but may not change is refused with the permission', async () => {
      const { id: organizationId } = await anOrganization(product);
      const { id } = await create({ organizationId });
      const rights = { 'localization:view': 'global', 'localization:edit': 'organization', 'localization:delete': 'organization' } as const;
      const caller = await aConsoleCaller(product, { globalAccess: true, rights });

      expect((await caller.patch(`${PATH}/${id}`, { name: 'X' })).body.detail).toBe('This needs the permission localization:edit.');
      expect((await caller.delete(`${PATH}/${id}`)).status).toBe(403);
    });
  });
});
