import type { ConsentView, MyConsentView } from '../../src/consents/index.js';
import { LedgerEntry } from '../../src/consents/ledger.entity.js';
import { created } from '../factories/created.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import { aRegistration } from '../factories/registrations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/api/registration';

interface Form {
  consents: { id: number; position: number }[];
}

describe('Registration with consents', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const register = <T = object>(draft: object) => product.nobody.post<T>(PATH, draft);
  const found = async (email: string) =>
    (await admin.get<Listed<CustomerUserBody>>(`/admin/api/customer-users?filter[email]=${encodeURIComponent(email)}`)).body.items;
  const faultsOf = ({ errors = [] }: Refused) => errors.map(({ pointer, code }) => `${pointer} ${code}`);

  describe('of every website', () => {
    let mandatory: number;
    let optional: number;
    const aConsent = async (name: string, isMandatory: boolean) =>
      created(await admin.post<{ id: number }>('/admin/api/consents', { name, text: `${name}.`, mandatory: isMandatory, enabled: true }))
        .id;

    beforeAll(async () => {
      mandatory = await aConsent('Terms of use', true);
      optional = await aConsent('Newsletter', false);
      await admin.post(`/admin/api/consents/${mandatory}/versions`, { text: 'Terms, second edition.', reacceptance: true });
    });
    afterAll(async () => {
      for (const id of [mandatory, optional]) await admin.patch(`/admin/api/consents/${id}`, { enabled: false });
    });

    it('shows them', async () => {
      const { body } = await product.nobody.get<{ consents: object[] }>(PATH);

      expect(body.consents).toMatchObject([
        { id: mandatory, name: 'Terms of use', mandatory: true, currentVersion: { number: 2 } },
        { id: optional, name: 'Newsletter', mandatory: false, currentVersion: { number: 1 } },
      ]);
    });

    it('puts in the ledger what was accepted, with the account', async () => {
      const draft = aRegistration({ consents: [{ consentId: mandatory, version: 2 }] });

      expect((await register(draft)).status).toBe(202);

      const [person] = await found(draft.email);
      const entries = await product.work.repository(LedgerEntry).findBy({ customerUserId: person?.id ?? 0 });
      expect(entries).toEqual([
        expect.objectContaining({ consentId: mandatory, versionNumber: 2, channel: 'registration', act: 'accepted' }),
      ]);
    });

    it.each<[string, () => object[], string[]]>([
      ['a mandatory one is missing', () => [{ consentId: optional, version: 1 }], ['/consents consents.mandatory_missing']],
      ['all are missing', () => [], ['/consents consents.mandatory_missing']],
      ['one has a newer version', () => [{ consentId: mandatory, version: 1 }], ['/consents/0/version consents.version_outdated']],
      ['one has no such version', () => [{ consentId: mandatory, version: 3 }], ['/consents/0/version consents.version_unknown']],
      [
        'one is named twice',
        () => [
          { consentId: mandatory, version: 2 },
          { consentId: mandatory, version: 2 },
        ],
        ['/consents/1/consentId consents.repeated'],
      ],
      [
        'the language is none',
        () => [{ consentId: mandatory, version: 2, localizationId: 999 }],
        ['/consents/0/localizationId consents.localization_unknown'],
      ],
      ['a member is unknown', () => [{ consentId: mandatory, version: 2, at: 'now' }], ['/consents/0/at unknown_member']],
    ])('is refused when %s', async (_case, consents, faults) => {
      const draft = aRegistration({ consents: consents() });

      const { status, body } = await register<Refused>(draft);

      expect([status, faultsOf(body)]).toEqual([400, faults]);
      expect(await found(draft.email)).toEqual([]);
    });

    it('is refused when one was withdrawn meanwhile', async () => {
      await admin.patch(`/admin/api/consents/${optional}`, { enabled: false });
      const consents = [
        { consentId: mandatory, version: 2 },
        { consentId: optional, version: 1 },
      ];

      const { body } = await register<Refused>(aRegistration({ consents }));

      expect(faultsOf(body)).toEqual(['/consents/1/consentId consents.not_offered']);
    });
  });

  describe('on one of several websites', () => {
    let here: number;
    let there: number;
    let first: number;
    let second: number;
    const CONSENTS = '/admin/api/consents';
    const aMandatory = async (draft: object) =>
      created(await admin.post<Json<ConsentView>>(CONSENTS, { name: 'Terms', text: 'Be kind.', mandatory: true, ...draft })).id;
    const formOf = async (websiteId: number) =>
      (await product.nobody.get<Form>(`${PATH}?websiteId=${websiteId}`)).body.consents.map(({ id, position }) => [id, position]);
    const registerAt = async (websiteId: number, consents: number[]) => {
      const draft = aRegistration({ websiteId, consents: consents.map((consentId) => ({ consentId, version: 1 })) });
      const { status, body } = await register<Refused>(draft);
      return [status, ...faultsOf(body)];
    };

    beforeAll(async () => {
      here = (await admin.get<Listed<{ id: number }>>('/admin/api/websites')).body.items[0]?.id ?? 0;
      there = created(await admin.post<{ id: number }>('/admin/api/websites', { name: 'Second', url: 'https://second.example' })).id;
      first = await aMandatory({ position: 1, websites: [{ websiteId: there, position: 7 }] });
      second = await aMandatory({ position: 2 });
    });

    it('shows and demands them in the order of the website, and not what is switched off there', async () => {
      expect([await formOf(here), await formOf(there)]).toEqual([
        [
          [first, 1],
          [second, 2],
        ],
        [
          [second, 2],
          [first, 7],
        ],
      ]);
      await admin.patch(`${CONSENTS}/${second}`, { websites: [{ websiteId: there, enabled: false }] });

      expect(await formOf(there)).toEqual([[first, 7]]);
      expect(await registerAt(here, [first])).toEqual([400, '/consents consents.mandatory_missing']);
      expect(await registerAt(there, [])).toEqual([400, '/consents consents.mandatory_missing']);
      expect(await registerAt(there, [first])).toEqual([202]);
      expect(await registerAt(there, [first, second])).toEqual([400, '/consents/1/consentId consents.not_offered']);
    });

    it('shows a person in his profile what his own website asks for', async () => {
      const { email } = await aCustomerUser(admin, { websiteId: there });
      const person = product.as((await product.logIn(email, PASSWORD)).accessToken);
      const mine = async (query = '') =>
        (await person.get<Listed<Json<MyConsentView>>>(`/api/me/consents${query}`)).body.items.map(({ id, position }) => [id, position]);

      expect(await mine()).toEqual([[first, 7]]);
      expect(await mine(`?websiteId=${here}`)).toEqual([
        [first, 1],
        [second, 2],
      ]);
    });

    it('demands nothing where the feature is off', async () => {
      await admin.put('/admin/api/settings/consents.enabled', { value: false, websiteId: there });

      expect(await formOf(there)).toEqual([]);
      expect(await registerAt(there, [])).toEqual([202]);
      expect(await registerAt(here, [])).toEqual([400, '/consents consents.mandatory_missing', '/consents consents.mandatory_missing']);
      await admin.delete(`/admin/api/settings/consents.enabled?websiteId=${there}`);
      expect(await registerAt(there, [])).toEqual([400, '/consents consents.mandatory_missing']);
    });

    it('forgets what a website said with the website', async () => {
      const { id } = created(await admin.post<{ id: number }>('/admin/api/websites', { name: 'Third', url: 'https://third.example' }));
      const consent = await aMandatory({ enabled: false, websites: [{ websiteId: id, enabled: true, position: 3 }] });

      expect((await admin.delete(`/admin/api/websites/${id}`)).status).toBe(204);

      expect((await admin.get<Json<ConsentView>>(`${CONSENTS}/${consent}`)).body).toMatchObject({ websites: [] });
    });
  });
});
