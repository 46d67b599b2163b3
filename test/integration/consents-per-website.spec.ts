import type { ConsentView, MyConsentView, OfferedConsentView } from '../../src/consents/index.js';
import { HistoryEntry } from '../../src/platform/history/index.js';
import { aBuyer, anAdmin, ConsentsApp, type Listed, type Refused } from '../support/consents-app.js';

describe('Consents, website by website', () => {
  let app: ConsentsApp;

  beforeAll(async () => {
    app = await ConsentsApp.start();
  });
  afterEach(() => app.clear());
  afterAll(() => app.close());

  const admin = () => anAdmin(app.organizationId);
  const buyer = () => aBuyer(app.organizationId);
  const faultsOf = ({ body }: { body: Refused }) => body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

  const change = <T = ConsentView>(id: number, draft: object, headers?: Record<string, string>) =>
    app.call<T>(admin(), 'PATCH', `/consents/${id}`, draft, headers);
  const get = async (id: number) => (await app.call<ConsentView>(admin(), 'GET', `/consents/${id}`)).body;
  const offered = async (query = '') => (await app.call<Listed<OfferedConsentView>>(undefined, 'GET', `/consents${query}`)).body;
  const on = async (websiteId: number) => (await offered(`?websiteId=${websiteId}`)).items.map(({ id, position }) => [id, position]);
  const mine = async (query: string) => (await app.call<Listed<MyConsentView>>(buyer(), 'GET', `/me/consents?${query}`)).body.items;
  const accept = (consentId: number) => app.call(buyer(), 'POST', '/me/consents', { consentId, version: 1 });
  const switchOff = (websiteId: number) =>
    app.execute(
      `INSERT INTO settings (${app.quote('key')}, scope, scope_id, value) VALUES ('consents.enabled', 'website', ${websiteId}, '{"value":false}')`,
    );

  it('stand in the order of the website, and in their own where it says nothing', async () => {
    const [first, second] = [await app.aConsent({ position: 1 }), await app.aConsent({ position: 2 })];
    const websites = [{ websiteId: app.secondWebsiteId, enabled: null, position: 5 }];

    expect((await change(first.id, { websites })).body).toMatchObject({ position: 1, websites, version: 2 });

    expect(await on(app.websiteId)).toEqual([
      [first.id, 1],
      [second.id, 2],
    ]);
    expect(await on(app.secondWebsiteId)).toEqual([
      [second.id, 2],
      [first.id, 5],
    ]);
    expect((await mine(`websiteId=${app.secondWebsiteId}`)).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await mine('')).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('are sorted, filtered and paged by the place that they have there', async () => {
    const websiteId = app.secondWebsiteId;
    const at = async (position: number | null, own = 0) =>
      (await app.aConsent({ position: own, ...(position !== null && { websites: [{ websiteId, position }] }) })).id;
    const [c, a, d, b, e] = [await at(3), await at(1), await at(null, 3), await at(1, 9), await at(7)];
    const ids = async (query: string) => (await offered(`?websiteId=${websiteId}&${query}`)).items.map(({ id }) => id);

    expect(await ids('')).toEqual([a, b, c, d, e]);
    expect(await ids('sort=-position')).toEqual([e, d, c, b, a]);
    expect(await ids('filter[position]=1')).toEqual([a, b]);
    expect(await ids('filter[position][gte]=3&sort=-position')).toEqual([e, d, c]);
    const paged: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, page }: Listed<OfferedConsentView> = await offered(`?websiteId=${websiteId}&limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(paged).toEqual([a, b, c, d, e]);
  });

  it('are switched off on one website, and asked for on the others', async () => {
    const { id } = await app.aConsent({ mandatory: true, websites: [{ websiteId: app.websiteId, enabled: false }] });

    expect(await on(app.websiteId)).toEqual([]);
    expect(await on(app.secondWebsiteId)).toEqual([[id, 0]]);
    expect((await app.call(buyer(), 'GET', `/me/consents/${id}`)).status).toBe(404);
    expect((await app.call(buyer(), 'GET', `/me/consents/${id}?websiteId=${app.secondWebsiteId}`)).status).toBe(200);
  });

  it('are switched on where they are not listed, and nowhere once they are switched off as a whole', async () => {
    const { id } = await app.aConsent({ websiteIds: [app.websiteId], websites: [{ websiteId: app.secondWebsiteId, enabled: true }] });

    expect(await on(app.websiteId)).toEqual([[id, 0]]);
    expect(await on(app.secondWebsiteId)).toEqual([[id, 0]]);

    await change(id, { enabled: false });
    expect([...(await on(app.websiteId)), ...(await on(app.secondWebsiteId))]).toEqual([]);
    expect((await accept(id)).body.code).toBe('consents.disabled');
  });

  it('can be accepted as long as one website asks for them', async () => {
    const { id } = await app.aConsent({ websites: [{ websiteId: app.websiteId, enabled: false }] });

    expect((await accept(id)).status).toBe(201);
    expect(await mine('')).toMatchObject([{ id, status: 'accepted' }]);
  });

  it('cannot be accepted where no website asks for them', async () => {
    const nowhere = [app.websiteId, app.secondWebsiteId].map((websiteId) => ({ websiteId, enabled: false }));
    const { id } = await app.aConsent({ websites: nowhere });
    expect(await accept(id)).toMatchObject({ status: 409, body: { code: 'consents.disabled' } });

    await change(id, { websites: [] });
    for (const { websiteId } of nowhere) await switchOff(websiteId);
    expect(await accept(id)).toMatchObject({ status: 409, body: { code: 'consents.disabled' } });
    expect((await app.ledger.acceptancesOf(7)).items).toEqual([]);
  });

  it('give up what a website said when the list leaves it out, or says nothing of it', async () => {
    const websites = [
      { websiteId: app.secondWebsiteId, position: 4 },
      { websiteId: app.websiteId, enabled: false, position: null },
    ];
    const { id, websites: kept } = await app.aConsent({ websites });
    expect(kept).toEqual([
      { websiteId: app.websiteId, enabled: false, position: null },
      { websiteId: app.secondWebsiteId, enabled: null, position: 4 },
    ]);

    const again = await change(id, { websites: [...websites].reverse() });
    expect(again.body.version).toBe(1);
    const { body } = await change(id, { websites: [{ websiteId: app.websiteId }] });
    expect(body).toMatchObject({ websites: [], version: 2 });
    const [, entry] = await app.work.repository(HistoryEntry).find({ where: { entity: 'consent', entityId: id }, order: { id: 'ASC' } });
    expect(entry?.changes).toEqual({ websites: { old: kept, new: [] } });
  });

  it.each<[string, unknown, string[]]>([
    ['no list', 5, ['/websites not_an_array']],
    ['no website', [{ position: 1 }], ['/websites/0/websiteId required']],
    [
      'wrong types',
      [{ websiteId: 1, enabled: 'off', position: -1, order: 2 }],
      ['/websites/0/enabled not_a_boolean', '/websites/0/position too_small', '/websites/0/order unknown_member'],
    ],
    ['an unknown website', [{ websiteId: 999_999, enabled: true }], ['/websites/0/websiteId consents.website_unknown']],
  ])('refuse %s', async (_what, websites, faults) => {
    const { id } = await app.aConsent();
    const answer = await change<Refused>(id, { websites });

    expect(answer.status).toBe(400);
    expect(faultsOf(answer)?.sort()).toEqual([...faults].sort());
    expect((await app.call(admin(), 'POST', '/consents', { name: 'a', text: 'b', websites })).status).toBe(400);
  });

  it('refuse a website that is named twice, or that is another organization’s', async () => {
    const { id } = await app.aConsent();
    const twice = [app.websiteId, app.websiteId].map((websiteId) => ({ websiteId, position: 1 }));
    expect(faultsOf(await change<Refused>(id, { websites: twice }))).toEqual(['/websites/1/websiteId consents.website_repeated']);

    const stranger = anAdmin(app.otherOrganizationId);
    const draft = { name: 'a', text: 'b', websites: [{ websiteId: app.websiteId, position: 1 }] };
    expect(faultsOf(await app.call(stranger, 'POST', '/consents', draft))).toEqual(['/websites/0/websiteId consents.website_unknown']);
  });

  it('are put in another order by one of two admins who read the same', async () => {
    const { id } = await app.aConsent();
    const put = (position: number) =>
      change<ConsentView & Refused>(id, { websites: [{ websiteId: app.websiteId, position }] }, { 'if-match': '"1"' });

    const answers = await Promise.all([put(1), put(2), put(3)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const winner = answers.find(({ status }) => status === 200)?.body;
    expect(await get(id)).toEqual(winner);
    expect(await on(app.websiteId)).toEqual([[id, winner?.websites[0]?.position]]);
  });

  it('keep one whole list of two that are written at once', async () => {
    const { id } = await app.aConsent();
    const lists = [
      [{ websiteId: app.websiteId, enabled: true, position: 1 }],
      [{ websiteId: app.secondWebsiteId, enabled: false, position: 2 }],
    ];

    const answers = await Promise.all(lists.map((websites) => change(id, { websites })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { websites, version } = await get(id);
    expect(version).toBe(3);
    expect(lists).toContainEqual(websites);
  });
});
