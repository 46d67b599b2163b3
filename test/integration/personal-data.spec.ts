import type { PersonalDataView } from '../../src/customer-users/personal-data/personal-data.dto.js';
import { DataSubjects } from '../../src/customer-users/personal-data/data-subjects.js';
import { insertMany } from '../../src/platform/database/index.js';
import { HistoryEntry } from '../../src/platform/history/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aKnownPerson, type KnownPerson, TELLING } from '../factories/known-people.js';
import { anOrganization } from '../factories/organizations.js';
import { statementsOf } from '../support/statements.js';
import { type Product, startProduct } from '../support/product.js';

type Collected = Json<PersonalDataView>;

/** Columns that may say who somebody is: those with his id, with what he is known by, and those that hold whatever is put into them. */
const mayTell = ({ databaseName, type }: { databaseName: string; type: unknown }): boolean =>
  type === 'mediumtext' ||
  type === 'json' ||
  type === 'blob' ||
  /customer_user_id|email|user_?name|phone|birthday|street|(first|last|middle|full|actor|file|to|by)_name|^ip$|user_agent|owner_type/.test(
    databaseName,
  );

/** Tables with such columns that hold nothing of a customer user, or nothing that anybody could read. */
const OF_NOBODY: Record<string, string> = {
  consent_translations: 'what the merchant asks to be agreed to',
  custom_fields: 'how fields are called, not what they hold',
  customer_user_roles: 'what roles allow',
  user_roles: 'what roles allow',
  users: 'people of the merchant',
  customers: 'companies; a name that is a person’s goes with him, and so do the custom fields of nobody else',
  email_template_translations: 'what mails say to everybody',
  notification_rules: 'whom the merchant wants to be told',
  settings: 'what the merchant has set',
  idempotency_keys: 'answers that are sealed, forgotten within a day, and taken away by an erasure',
  jobs: 'ids, and what is sealed',
};

describe('All that is held about a person', () => {
  let product: Product;
  let known: KnownPerson;

  beforeAll(async () => {
    product = await startProduct();
    known = await aKnownPerson(product);
  });
  afterAll(() => product.close());

  const collect = (id = known.person.id, caller = product.admin) => caller.post<Collected>(`/admin/api/customer-users/${id}/data-export`);

  it('is collected from every part of the product', async () => {
    const { status, body } = await collect();

    expect(status).toBe(200);
    expect(Object.keys(body.data)).toEqual([
      ...['account', 'applications', 'consents', 'documents', 'history', 'imports', 'invitations'],
      ...['loginAttempts', 'loginFailures', 'mails', 'profile', 'records', 'sessions'],
    ]);
    const { email, street, field, wantedEmail, application, browser, formerLastName, ip } = TELLING;
    const openLinks = expect.arrayContaining(
      ['change-email', 'reset-password'].map((purpose) => expect.objectContaining({ purpose }) as unknown),
    ) as unknown;
    expect(body.data).toMatchObject({
      account: { pendingEmail: { email: wantedEmail }, openLinks },
      applications: [{ name: application, clientId: known.clientId, secrets: [{ hint: known.clientSecret.slice(-4) }] }],
      consents: [
        { act: 'accepted', name: 'Terms', text: 'Be kind.', userAgent: browser },
        { act: 'withdrawn', name: 'Terms', text: 'Be kind.' },
      ],
      documents: [{ kind: 'order' }],
      history: {
        changes: expect.arrayContaining([
          expect.objectContaining({ changes: { lastName: { old: formerLastName, new: TELLING.lastName } } }),
        ]) as unknown,
      },
      imports: [
        { importId: known.importId, row: 1, cells: { 'Email Address': email, Birthday: '1971-02-31' }, errors: [{ column: 'Birthday' }] },
        { row: 1, cells: { 'Email Address': email } },
      ],
      loginAttempts: [
        { success: false, reason: 'password_wrong', username: email },
        { success: true, username: email },
      ],
      loginFailures: [],
      invitations: [{ title: TELLING.visit }, { title: 'Meeting with others', email, name: 'Zeb' }],
      records: {
        notes: [{ text: TELLING.note }, { text: `Once more: ${TELLING.note}` }],
        calendarEvents: [{ title: TELLING.visit, attendees: [{ email }] }],
        attachments: [{ comment: TELLING.contract }],
      },
      profile: { email, addresses: [{ street }], birthday: TELLING.birthday },
      sessions: [{ ip, userAgent: browser }],
    });
    expect(Object.values((body.data['profile'] as { customFields: object }).customFields)).toEqual([field]);
    expect(JSON.stringify(body.data['mails'])).toContain(email);
  });

  it('holds no secret', async () => {
    const text = JSON.stringify((await collect()).body);

    expect(text).not.toContain(known.clientSecret);
    expect(text).not.toMatch(/\$argon2|tokenHash|"salt"/);
  });

  it('is somebody’s own, to the last row', async () => {
    const other = await aCustomerUser(product.admin);

    const { body } = await collect(other.id);

    expect(JSON.stringify(body)).not.toMatch(/Zebulon|Quartermaine|erasable/);
    expect(body.data).toMatchObject({ consents: [], sessions: [], imports: [], applications: [], loginAttempts: [] });
  });

  it('tells every word of his', async () => {
    const text = JSON.stringify((await collect()).body);

    for (const word of Object.values(TELLING)) expect(text).toContain(word);
  });

  it('is kept in tables that say how they are collected and erased, or why they are not', () => {
    const kept = product
      .inside(DataSubjects)
      .keepers()
      .flatMap(({ tables }) => tables);
    const telling = product.work.manager.connection.entityMetadatas.filter(({ columns }) => columns.some(mayTell));

    expect(telling.map(({ tableName }) => tableName).filter((name) => !kept.includes(name) && !(name in OF_NOBODY))).toEqual([]);
  });

  describe('of somebody of whom there is much', () => {
    const MANY = 2_500;
    const LONG = 'x'.repeat(2_000);
    let id: number;

    beforeAll(async () => {
      ({ id } = await aCustomerUser(product.admin));
      const at = new Date();
      const entry = { at, organizationId: 1, entity: 'customer_user', entityId: id, action: 'changed', actorType: 'user', actorId: 1 };
      const entries = Array.from({ length: MANY }, (_, n) => ({
        ...entry,
        ...{ actorName: 'Somebody', via: 'api', ip: null, traceId: 'x', changes: { firstName: { old: String(n), new: LONG } } },
      }));
      await insertMany(product.work.manager, HistoryEntry, entries);
    });

    it('is sent while it is read, a few rows at a time', async () => {
      let most = 0;
      const statements = await statementsOf(product, async () => {
        const { status, body } = await collect(id);
        expect(status).toBe(200);
        const { changes } = body.data['history'] as { changes: { changes: { firstName?: { old: string } } }[] };
        const told = changes.flatMap(({ changes: { firstName } }) => (firstName?.old === undefined ? [] : [firstName.old]));
        expect(told.filter((old) => old !== null && /^\d+$/.test(old))).toEqual(Array.from({ length: MANY }, (_, n) => String(n)));
      });
      for (const sql of statements) if (/changes/.test(sql) && /history_entries/.test(sql)) most += 1;
      expect(most).toBeGreaterThanOrEqual(MANY / 200);
    });

    it('is not kept for an Idempotency-Key, and what is less is', async () => {
      const path = (personId: number) => `/admin/api/customer-users/${personId}/data-export`;
      const refused = await product.admin.post(path(id), undefined, { 'idempotency-key': 'all-of-much' });
      expect([refused.status, refused.body.code]).toEqual([422, 'idempotency.answer_too_large']);

      const little = await aCustomerUser(product.admin);
      const [first, again] = [
        await product.admin.post<Collected>(path(little.id), undefined, { 'idempotency-key': 'all-of-little' }),
        await product.admin.post<Collected>(path(little.id), undefined, { 'idempotency-key': 'all-of-little' }),
      ];
      expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
      const exported = (await historyOf(product, 'customer_user', little.id)).filter(({ action }) => action === 'data-exported');
      expect(exported).toHaveLength(1);
    });

    it('is erased at once', async () => {
      expect((await product.admin.post(`/admin/api/customer-users/${id}/erase`)).status).toBe(200);

      const entries = await historyOf(product, 'customer_user', id);
      expect(JSON.stringify(entries)).not.toContain(LONG);
      expect(entries.length).toBeGreaterThan(MANY);
    });
  });

  it('is in his history as collected, and by whom', async () => {
    const { id } = await aCustomerUser(product.admin);
    await collect(id);

    expect((await historyOf(product, 'customer_user', id)).at(-1)).toMatchObject({
      action: 'data-exported',
      actorType: 'user',
      changes: {},
    });
  });

  it('is not for who may see the person and no more', async () => {
    const rights = {
      'customer_user:view': 'organization',
      'customer_user:edit': 'organization',
      'customer_user:delete': 'organization',
    } as const;
    const caller = await aConsoleCaller(product, { rights });

    expect(await collect(known.person.id, caller)).toMatchObject({ status: 403, body: { code: 'auth.permission_missing' } });
    expect((await caller.post(`/admin/api/customer-users/${known.person.id}/erase`)).status).toBe(403);
  });

  it('stays out of reach of another organization', async () => {
    const { id: organizationId } = await anOrganization(product);
    const rights = {
      'customer_user:view': 'global',
      'personal_data:view': 'organization',
      'personal_data:delete': 'organization',
    } as const;
    const caller = await aConsoleCaller(product, { organizationId, rights });

    expect((await collect(known.person.id, caller)).status).toBe(404);
    expect((await caller.post(`/admin/api/customer-users/${known.person.id}/erase`)).status).toBe(404);
  });

  it('is not found for nobody', async () => {
    expect((await collect(999_999)).status).toBe(404);
    expect((await product.admin.post('/admin/api/customer-users/999999/erase')).status).toBe(404);
    expect((await product.nobody.post(`/admin/api/customer-users/${known.person.id}/data-export`)).status).toBe(401);
    expect((await known.self.post(`/admin/api/customer-users/${known.person.id}/data-export`)).status).toBe(401);
  });
});
