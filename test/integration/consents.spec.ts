import type { ConsentView, OfferedConsentView } from '../../src/consents/index.js';
import type { ConsentVersionView } from '../../src/consents/consents.dto.js';
import { DAY } from '../../src/platform/clock/index.js';
import { HistoryEntry } from '../../src/platform/history/index.js';
import { aBuyer, anAdmin, ConsentsApp, type Listed, type Refused, sha256 } from '../support/consents-app.js';

describe('Consents', () => {
  let app: ConsentsApp;

  beforeAll(async () => {
    app = await ConsentsApp.start();
  });
  afterEach(() => app.clear());
  afterAll(() => app.close());

  const admin = () => anAdmin(app.organizationId);
  const buyer = () => aBuyer(app.organizationId);
  const faultsOf = ({ body }: { body: Refused }) => body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

  const addVersion = (id: number, draft: object) =>
    app.call<ConsentVersionView & Refused>(admin(), 'POST', `/consents/${id}/versions`, { reacceptance: false, ...draft });
  const get = async (id: number) => (await app.call<ConsentView>(admin(), 'GET', `/consents/${id}`)).body;
  const accept = (consentId: number, version = 1) => app.call(buyer(), 'POST', '/me/consents', { consentId, version });
  const offered = async (query = '') => (await app.call<Listed<OfferedConsentView>>(undefined, 'GET', `/consents${query}`)).body.items;

  describe('for admins', () => {
    it('are created with name and text for the default, enabled and optional unless said otherwise', async () => {
      const { status, body, headers } = await app.call<ConsentView>(admin(), 'POST', '/consents', { name: ' Terms ', text: 'Be kind.' });

      expect(status).toBe(201);
      expect(headers).toMatchObject({ location: `/admin/api/consents/${body.id}`, etag: '"1"' });
      expect(body).toEqual({
        id: body.id,
        organizationId: app.organizationId,
        kind: 'text',
        name: 'Terms',
        text: 'Be kind.',
        translations: [{ localizationId: null, name: 'Terms', text: 'Be kind.' }],
        mandatory: false,
        enabled: true,
        position: 0,
        websiteIds: [],
        websites: [],
        currentVersion: { number: 1, effectiveAt: '2026-11-23T12:00:00.000Z', textHash: sha256('Be kind.') },
        createdAt: '2026-11-23T12:00:00.000Z',
        updatedAt: '2026-11-23T12:00:00.000Z',
        version: 1,
      });
      expect(await get(body.id)).toEqual(body);
    });

    it('are created with translations, an order and websites', async () => {
      const consent = await app.aConsent({
        ...app.wordings(),
        mandatory: true,
        position: 3,
        websiteIds: [app.secondWebsiteId, app.websiteId],
      });

      expect(consent).toMatchObject({ name: 'Terms', mandatory: true, position: 3, websiteIds: [app.websiteId, app.secondWebsiteId] });
      expect(consent.translations).toEqual(app.wordings().translations);
    });

    it('are links where what is agreed to stands on a page, and stay so', async () => {
      const text = 'https://shop.example/terms';
      const { id, kind } = await app.aConsent({ kind: 'link', name: 'Terms', text });
      expect([kind, (await offered()).map((offer) => [offer.kind, offer.text])]).toEqual(['link', [['link', text]]]);

      const refused = await addVersion(id, { text: 'Be kind.' });
      expect([refused.status, faultsOf(refused)]).toEqual([400, ['/text consents.link_malformed']]);
      const change = await app.call<Refused>(admin(), 'PATCH', `/consents/${id}`, { kind: 'text' });
      expect([change.status, faultsOf(change)]).toEqual([400, ['/kind unknown_member']]);
      expect((await addVersion(id, { text: `${text}-2` })).status).toBe(201);
    });

    it.each<[string, object, string[]]>([
      ['another kind', { kind: 'file', text: 'x' }, ['/kind not_one_of']],
      ['nothing', { name: undefined, text: undefined }, ['/name required']],
      ['an unknown member', { text: 'x', color: 'red' }, ['/color unknown_member']],
      [
        'wrong types',
        { mandatory: 'yes', position: -1, websiteIds: 4 },
        ['/mandatory not_a_boolean', '/position too_small', '/websiteIds not_an_array'],
      ],
      ['null for a switch', { enabled: null }, ['/enabled not_a_boolean']],
      ['what is no translation', { name: undefined, text: undefined, translations: [5] }, ['/translations/0 not_an_object']],
      [
        'a translation without a text',
        { name: undefined, text: undefined, translations: [{ name: 'Terms' }] },
        ['/translations/0/text required'],
      ],
      ['an unknown website', { websiteIds: [999_999] }, ['/websiteIds/0 consents.website_unknown']],
      [
        'an unknown localization',
        {
          name: undefined,
          text: undefined,
          translations: [
            { name: 'a', text: 'b' },
            { localizationId: 999_999, name: 'a', text: 'b' },
          ],
        },
        ['/translations/1/localizationId consents.localization_unknown'],
      ],
    ])('are refused with %s', async (_what, draft, faults) => {
      const answer = await app.call(admin(), 'POST', '/consents', { name: 'Terms', text: 'Be kind.', ...draft });

      expect(answer.status).toBe(400);
      expect(faultsOf(answer)).toEqual(faults);
    });

    it('are listed in their order, with filters', async () => {
      const last = await app.aConsent({ name: 'Newsletter', position: 2, websiteIds: [app.websiteId] });
      const first = await app.aConsent({ position: 1, mandatory: true });
      const ids = async (query: string) =>
        (await app.call<Listed<ConsentView>>(admin(), 'GET', `/consents?${query}`)).body.items.map(({ id }) => id);

      expect(await ids('')).toEqual([first.id, last.id]);
      expect(await ids('filter[mandatory]=true')).toEqual([first.id]);
      expect(await ids('filter[name][contains]=news')).toEqual([last.id]);
      expect(await ids(`filter[websiteId]=${app.websiteId}`)).toEqual([last.id]);
      expect(await ids('filter[websiteId][null]=true')).toEqual([first.id]);
      expect(await ids('sort=-position&limit=1')).toEqual([last.id]);
    });

    it('change what is no wording in place, member by member', async () => {
      const { id } = await app.aConsent({ position: 4, websiteIds: [app.websiteId] });

      const changed = await app.call<ConsentView>(admin(), 'PATCH', `/consents/${id}`, { mandatory: true, websiteIds: [] });

      expect(changed).toMatchObject({ status: 200, body: { mandatory: true, enabled: true, position: 4, websiteIds: [], version: 2 } });
      const again = await app.call<ConsentView>(admin(), 'PATCH', `/consents/${id}`, { mandatory: true, websiteIds: [] });
      expect(again.body.version).toBe(2);
      expect(faultsOf(await app.call(admin(), 'PATCH', `/consents/${id}`, { text: 'Be rich.' }))).toEqual(['/text unknown_member']);
    });

    it('do not change when If-Match names another version', async () => {
      const { id } = await app.aConsent();
      const stale = { 'if-match': '"9"' };

      expect(await app.call(admin(), 'PATCH', `/consents/${id}`, { position: 1 }, stale)).toMatchObject({ status: 412 });
      expect(await app.call(admin(), 'DELETE', `/consents/${id}`, undefined, stale)).toMatchObject({ status: 412 });
      expect(await get(id)).toMatchObject({ position: 0, version: 1 });
    });

    it('are deleted until somebody has accepted them', async () => {
      const [unread, accepted] = [await app.aConsent(), await app.aConsent()];
      await accept(accepted.id);

      expect((await app.call(admin(), 'DELETE', `/consents/${unread.id}`)).status).toBe(204);
      expect((await app.call(admin(), 'GET', `/consents/${unread.id}`)).body.code).toBe('consents.not_found');
      expect(await app.call(admin(), 'DELETE', `/consents/${accepted.id}`)).toMatchObject({
        status: 409,
        body: { code: 'consents.in_ledger' },
      });
    });

    it('are invisible from another organization, and out of reach without the permission', async () => {
      const { id } = await app.aConsent();
      const stranger = anAdmin(app.otherOrganizationId);
      const reader = anAdmin(app.organizationId, { create: 'none', edit: 'none', delete: 'none' });

      for (const path of [`/consents/${id}`, `/consents/${id}/versions`, `/consents/${id}/acceptances`])
        expect((await app.call(stranger, 'GET', path)).status).toBe(404);
      expect((await app.call(stranger, 'PATCH', `/consents/${id}`, { position: 1 })).status).toBe(404);
      expect((await app.call(stranger, 'POST', `/consents/${id}/versions`, { text: 'x', reacceptance: false })).status).toBe(404);
      expect((await app.call<Listed<ConsentView>>(stranger, 'GET', '/consents')).body.items).toEqual([]);
      expect((await app.call(reader, 'GET', `/consents/${id}`)).status).toBe(200);
      expect((await app.call(reader, 'PATCH', `/consents/${id}`, { position: 1 })).status).toBe(403);
      expect((await app.call(reader, 'DELETE', `/consents/${id}`)).status).toBe(403);
      expect((await app.call(anAdmin(app.organizationId, { view: 'none' }), 'GET', '/consents')).status).toBe(403);
    });

    it('leave their changes in the history', async () => {
      const { id } = await app.aConsent();
      await app.call(admin(), 'PATCH', `/consents/${id}`, { mandatory: true, websiteIds: [app.websiteId] });
      await addVersion(id, { text: 'Be kinder.' });
      await app.call(admin(), 'DELETE', `/consents/${id}`);

      const entries = await app.work.repository(HistoryEntry).find({ where: { entity: 'consent', entityId: id }, order: { id: 'ASC' } });

      expect(entries.map(({ action }) => action)).toEqual(['created', 'changed', 'version-added', 'deleted']);
      expect(entries[0]).toMatchObject({
        organizationId: app.organizationId,
        actorName: 'Ryan Admin',
        changes: { name: { old: null, new: 'Terms' } },
      });
      expect(entries[1]?.changes).toEqual({ mandatory: { old: false, new: true }, websiteIds: { old: [], new: [app.websiteId] } });
      expect(entries[2]?.changes).toEqual({
        versionNumber: { old: 1, new: 2 },
        textHash: { old: sha256('Be kind.'), new: sha256('Be kinder.') },
      });
    });
  });

  describe('in versions', () => {
    it('say something new at once, and keep what they said', async () => {
      const { id } = await app.aConsent(app.wordings());

      const added = await addVersion(id, { text: 'Be kinder.', reacceptance: true });

      expect(added.status).toBe(201);
      expect(added.body).toMatchObject({
        number: 2,
        reacceptance: true,
        translations: [{ localizationId: null, name: 'Terms', text: 'Be kinder.' }],
      });
      expect(added.headers['location']).toBe(`/admin/api/consents/${id}/versions/${added.body.id}`);
      expect(await get(id)).toMatchObject({
        text: 'Be kinder.',
        currentVersion: { number: 2, textHash: sha256('Be kinder.') },
        version: 2,
      });
      const { body } = await app.call<Listed<ConsentVersionView>>(admin(), 'GET', `/consents/${id}/versions`);
      expect(body.items.map(({ number }) => number)).toEqual([2, 1]);
      expect(body.items[1]?.translations).toEqual(app.wordings().translations);
      expect((await app.call(admin(), 'GET', `/consents/${id}/versions/${added.body.id}`)).body).toEqual(added.body);
    });

    it('take effect when their time has come', async () => {
      const { id } = await app.aConsent();
      await addVersion(id, { text: 'Be kinder.', effectiveAt: app.clock.in(DAY).toISOString() });

      expect(await get(id)).toMatchObject({ text: 'Be kind.', currentVersion: { number: 1 } });
      expect(await offered()).toMatchObject([{ currentVersion: { number: 1 } }]);
      expect((await accept(id, 2)).body.code).toBe('consents.version_unknown');

      app.clock.forward(DAY);

      expect(await get(id)).toMatchObject({ text: 'Be kinder.', currentVersion: { number: 2 } });
      expect(await offered()).toMatchObject([{ currentVersion: { number: 2 } }]);
      expect((await accept(id, 2)).status).toBe(201);
    });

    it('take effect neither in the past nor before one that is waiting', async () => {
      const { id } = await app.aConsent();
      const past = await addVersion(id, { text: 'x', effectiveAt: app.clock.in(-1).toISOString() });
      await addVersion(id, { text: 'Be kinder.', effectiveAt: app.clock.in(DAY).toISOString() });

      expect(faultsOf(past)).toEqual(['/effectiveAt consents.effective_in_past']);
      expect(await addVersion(id, { text: 'x' })).toMatchObject({ status: 409, body: { code: 'consents.version_scheduled' } });
    });

    it('are taken back as long as they are not in effect', async () => {
      const { id } = await app.aConsent();
      const { body: wrong } = await addVersion(id, { text: 'Be late.', effectiveAt: '2999-01-01T00:00:00Z' });
      const remove = (versionId: number, caller = admin()) => app.call(caller, 'DELETE', `/consents/${id}/versions/${versionId}`);
      expect((await remove(wrong.id, anAdmin(app.otherOrganizationId))).status).toBe(404);
      expect((await remove(wrong.id, anAdmin(app.organizationId, { edit: 'none' }))).status).toBe(403);
      const other = await app.aConsent();
      expect((await app.call(admin(), 'DELETE', `/consents/${other.id}/versions/${wrong.id}`)).status).toBe(404);

      expect((await remove(wrong.id)).status).toBe(204);

      expect((await remove(wrong.id)).status).toBe(404);
      const { body: now } = await addVersion(id, { text: 'Be kinder.' });
      expect(now.number).toBe(2);
      expect(await remove(now.id)).toMatchObject({ status: 409, body: { code: 'consents.version_in_effect' } });
      expect(await get(id)).toMatchObject({ text: 'Be kinder.', version: 4 });
      const entries = await app.work.repository(HistoryEntry).find({ where: { entity: 'consent', entityId: id }, order: { id: 'ASC' } });
      expect(entries.map(({ action }) => action)).toEqual(['created', 'version-added', 'version-removed', 'version-added']);
    });

    it.each([['tomorrow'], ['2027-02-30T00:00:00Z'], ['2027-01-01'], ['9999-12-31T23:59:59-12:00'], ['2027-01-01T00:00:60Z'], [5]])(
      'refuse %p for a moment',
      async (effectiveAt) => {
        const { id } = await app.aConsent();
        expect(await addVersion(id, { text: 'x', effectiveAt })).toMatchObject({
          status: 400,
          body: { errors: [{ pointer: '/effectiveAt', code: 'malformed' }] },
        });
      },
    );
  });
});
