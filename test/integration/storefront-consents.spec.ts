import type { AcceptanceView, MyConsentView, OfferedConsentView } from '../../src/consents/index.js';
import { aBuyer, anAdmin, ConsentsApp, type Listed, type Refused, sha256 } from '../support/consents-app.js';

describe('Consents in the storefront', () => {
  let app: ConsentsApp;

  beforeAll(async () => {
    app = await ConsentsApp.start();
  });
  afterEach(() => app.clear());
  afterAll(() => app.close());

  const admin = () => anAdmin(app.organizationId);
  const buyer = () => aBuyer(app.organizationId);

  const addVersion = (id: number, draft: object) =>
    app.call(admin(), 'POST', `/consents/${id}/versions`, { reacceptance: false, ...draft });
  const accept = (consentId: number, version = 1, more: object = {}) =>
    app.call<MyConsentView & Refused>(buyer(), 'POST', '/me/consents', { consentId, version, ...more });
  const mine = async (query = '') => (await app.call<Listed<MyConsentView>>(buyer(), 'GET', `/me/consents${query}`)).body.items;
  const offered = async (query = '') => (await app.call<Listed<OfferedConsentView>>(undefined, 'GET', `/consents${query}`)).body.items;

  describe('for visitors', () => {
    it('are offered in their order and language', async () => {
      const second = await app.aConsent({ ...app.wordings(), position: 2, mandatory: true });
      const first = await app.aConsent({ position: 1 });
      await app.aConsent({ enabled: false });

      expect(await offered()).toMatchObject([
        { id: first.id, name: 'Terms', localizationId: null, mandatory: false },
        { id: second.id, name: 'Terms', text: 'Be kind.', mandatory: true, currentVersion: { number: 1, textHash: sha256('Be kind.') } },
      ]);
      expect(await offered(`?localizationId=${app.germanId}`)).toMatchObject([
        { name: 'Terms', localizationId: null },
        { name: 'Bedingungen', text: 'Sei nett.', localizationId: app.germanId, currentVersion: { textHash: sha256('Sei nett.') } },
      ]);
    });

    it('are read in the language that theirs falls back on', async () => {
      await app.aConsent(app.wordings());
      await app.execute(
        `INSERT INTO localizations (id, organization_id, name, language_code, parent_id, created_at, updated_at, version)
         SELECT 900, organization_id, 'Austrian', 'de-AT', id, created_at, updated_at, 1 FROM localizations WHERE id = ${app.germanId}`,
      );

      expect(await offered('?localizationId=900')).toMatchObject([{ name: 'Bedingungen' }]);
    });

    it('are asked for on their websites alone, or on all', async () => {
      const everywhere = await app.aConsent();
      const second = await app.aConsent({ websiteIds: [app.secondWebsiteId] });
      const ids = async (query: string) => (await offered(query)).map(({ id }) => id);

      expect(await ids('')).toEqual([everywhere.id]);
      expect(await ids(`?websiteId=${app.websiteId}`)).toEqual([everywhere.id]);
      expect(await ids(`?websiteId=${app.secondWebsiteId}`)).toEqual([everywhere.id, second.id]);
    });

    it('are not asked for where the feature is off', async () => {
      await app.aConsent();
      const value = JSON.stringify({ value: false });
      await app.execute(
        `INSERT INTO settings (${app.quote('key')}, scope, scope_id, value) VALUES ('consents.enabled', 'website', ${app.websiteId}, '${value}')`,
      );

      expect(await offered()).toEqual([]);
      expect(await offered(`?websiteId=${app.secondWebsiteId}`)).toHaveLength(1);
    });

    it('are not found for a website or a language that does not exist', async () => {
      for (const query of ['?websiteId=999999', '?localizationId=999999'])
        expect((await app.call(undefined, 'GET', `/consents${query}`)).status).toBe(404);
      expect((await app.call(undefined, 'GET', '/consents?websiteId=x&color=red')).status).toBe(400);
    });
  });

  describe('for customer users', () => {
    it('are accepted, and the admin sees who accepted which text, when and from where', async () => {
      const { id } = await app.aConsent(app.wordings());

      const answer = await accept(id, 1, { localizationId: app.germanId });

      expect(answer.status).toBe(201);
      expect(answer.headers['location']).toBe(`/api/me/consents/${id}`);
      expect(answer.body).toMatchObject({
        id,
        name: 'Bedingungen',
        status: 'accepted',
        acceptedVersion: 1,
        decidedAt: '2026-11-23T12:00:00.000Z',
      });
      expect((await app.call(buyer(), 'GET', `/me/consents/${id}?localizationId=${app.germanId}`)).body).toEqual(answer.body);
      const [entry] = (await app.ledger.acceptancesOf(7)).items;
      expect(entry).toEqual({
        id: entry?.id,
        customerUserId: 7,
        consentId: id,
        name: 'Bedingungen',
        version: 1,
        text: 'Sei nett.',
        textHash: sha256('Sei nett.'),
        localizationId: app.germanId,
        act: 'accepted',
        at: new Date('2026-11-23T12:00:00.000Z'),
        locale: 'de',
        channel: 'storefront',
        ip: '127.0.0.1',
        userAgent: 'lightMyRequest',
        sequence: 1,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
      const { body } = await app.call<Listed<AcceptanceView>>(admin(), 'GET', `/consents/${id}/acceptances?filter[act]=accepted`);
      expect(body.items).toMatchObject([{ customerUserId: 7, version: 1, ip: '127.0.0.1' }]);
    });

    it('keep the exact text of an acceptance when the consent says something else since', async () => {
      const { id } = await app.aConsent();
      await accept(id);
      await addVersion(id, { name: 'Rules', text: 'Be kinder.' });

      expect((await app.ledger.acceptancesOf(7)).items).toMatchObject([{ name: 'Terms', text: 'Be kind.', version: 1 }]);
    });

    it('are withdrawn, also when they are not asked for any more', async () => {
      const { id } = await app.aConsent({ mandatory: true });
      await accept(id);
      await app.call(admin(), 'PATCH', `/consents/${id}`, { enabled: false });

      expect(await mine()).toMatchObject([{ id, status: 'accepted' }]);
      expect((await app.call(buyer(), 'DELETE', `/me/consents/${id}`)).status).toBe(204);

      expect(await mine()).toEqual([]);
      expect((await app.ledger.acceptancesOf(7)).items.map(({ act, text }) => `${act} ${text}`)).toEqual([
        'withdrawn Be kind.',
        'accepted Be kind.',
      ]);
      expect(app.hearer.heard).toEqual([
        expect.objectContaining({ customerUserId: 7, consentId: id, version: 1, mandatory: true, name: 'Terms' }),
        expect.objectContaining({ customerUserId: 7, consentId: id, version: 1, mandatory: true }),
      ]);
      expect(app.hearer.heard.map(({ constructor }) => constructor.name)).toEqual(['ConsentAccepted', 'ConsentWithdrawn']);
    });

    it('can be accepted again after they were withdrawn', async () => {
      const { id } = await app.aConsent();
      await accept(id);
      await app.call(buyer(), 'DELETE', `/me/consents/${id}`);

      expect(await mine()).toMatchObject([{ status: 'withdrawn', acceptedVersion: null }]);
      expect((await accept(id)).body).toMatchObject({ status: 'accepted' });
    });

    it('stay accepted in a new version, unless it demands to be accepted again', async () => {
      const { id } = await app.aConsent();
      expect(await mine()).toMatchObject([{ status: 'open', acceptedVersion: null, decidedAt: null }]);
      await accept(id);

      await addVersion(id, { text: 'Be kinder.' });
      expect(await mine()).toMatchObject([{ status: 'accepted', acceptedVersion: 1, currentVersion: { number: 2 } }]);
      await addVersion(id, { text: 'Be kindest.', reacceptance: true });
      await addVersion(id, { text: 'Be the kindest.' });
      expect(await mine()).toMatchObject([{ status: 'outdated', acceptedVersion: 1, currentVersion: { number: 4 } }]);

      expect((await accept(id, 4)).body).toMatchObject({ status: 'accepted', acceptedVersion: 4 });
    });

    it('are each person’s own', async () => {
      const { id } = await app.aConsent();
      await accept(id);

      const { body } = await app.call<Listed<MyConsentView>>(aBuyer(app.organizationId, 8), 'GET', '/me/consents');

      expect(body.items).toMatchObject([{ id, status: 'open' }]);
    });

    it('refuse what cannot be accepted or withdrawn, and say why', async () => {
      const current = await app.aConsent();
      await addVersion(current.id, { text: 'Be kinder.' });
      const disabled = await app.aConsent({ enabled: false });
      const withdraw = (id: number) => app.call(buyer(), 'DELETE', `/me/consents/${id}`);
      const elsewhere = await app.call(aBuyer(app.otherOrganizationId), 'POST', '/me/consents', { consentId: current.id, version: 2 });
      await accept(current.id, 2);

      const answers = [
        await accept(current.id, 1),
        await accept(current.id, 2),
        await accept(current.id, 3),
        await accept(disabled.id),
        await accept(999_999),
        elsewhere,
        await withdraw(disabled.id),
        await withdraw(999_999),
        await accept(current.id, 2, { localizationId: 999_999 }),
      ];

      expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
        '409 consents.version_outdated',
        '409 consents.already_accepted',
        '409 consents.version_unknown',
        '409 consents.disabled',
        '404 consents.not_found',
        '404 consents.not_found',
        '409 consents.not_accepted',
        '404 consents.not_found',
        '409 consents.already_accepted',
      ]);
      expect((await app.ledger.acceptancesOf(7)).items).toHaveLength(1);
    });

    it.each([
      [{}],
      [{ consentId: 1 }],
      [{ consentId: '1', version: 1 }],
      [{ consentId: 1, version: 0 }],
      [{ consentId: 1, version: 1, by: 'x' }],
    ])('refuse %j for an acceptance', async (body) => {
      expect((await app.call(buyer(), 'POST', '/me/consents', body)).status).toBe(400);
    });

    it('are not decided by an application that acts for the person', async () => {
      const { id } = await app.aConsent();
      const application = { ...buyer(), application: { id: 1, name: 'App', scopes: [] } };

      expect(await app.call(application, 'POST', '/me/consents', { consentId: id, version: 1 })).toMatchObject({
        status: 403,
        body: { code: 'auth.person_required' },
      });
      expect((await app.call(application, 'DELETE', `/me/consents/${id}`)).status).toBe(403);
    });

    it('are for nobody who is not logged in', async () => {
      expect((await app.call(undefined, 'GET', '/me/consents')).status).toBe(401);
      expect((await app.call(undefined, 'POST', '/me/consents', { consentId: 1, version: 1 })).status).toBe(401);
    });
  });
});
