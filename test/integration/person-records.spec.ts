import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { A_VISIT, aRecord, type EventBody, RECORD_KINDS, type RecordBody } from '../factories/person-records.js';
import { aUser } from '../factories/users.js';
import type { Answer, Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const USERS = '/admin/api/customer-users';
const ACTS = ['view', 'create', 'edit', 'delete'] as const;

describe('Records about customer users', () => {
  let product: Product;
  let admin: Caller;
  let personId: number;

  beforeAll(async () => {
    product = await startProduct();
    ({ admin } = product);
    ({ id: personId } = await aCustomerUser(admin));
  });
  afterAll(() => product.close());

  const refusal = ({ status, body }: Answer<Refused>) => [status, body.code];
  const faults = ({ status, body }: Answer<Refused>) => [status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)];

  describe.each(RECORD_KINDS.map((kind) => [kind.path, kind] as const))('such as %s', (path, kind) => {
    const { entity, add, change } = kind;
    const everything = Object.fromEntries(ACTS.map((act) => [`${entity}:${act}`, 'organization'] as const));
    const sight = { 'customer_user:view': 'organization' } as const;
    const list = async (query = '', caller = admin, person = personId) =>
      (await caller.get<Listed<RecordBody>>(`${USERS}/${person}/${path}?${query}`)).body;

    it('are made with their maker for their owner, and found where Location says', async () => {
      const { status, headers, body } = (await add(admin, personId)) as unknown as Answer<RecordBody>;

      expect([status, headers.get('location'), headers.get('etag')]).toEqual([201, `${USERS}/${personId}/${path}/${body.id}`, '"1"']);
      expect(body).toMatchObject({ customerUserId: personId, ownerId: 1, owner: { id: 1, fullName: 'First Administrator' }, version: 1 });
      expect(JSON.stringify(body)).toContain(kind.said);
      expect((await admin.get<RecordBody>(`${USERS}/${personId}/${path}/${body.id}`)).body).toEqual(body);
    });

    it('are listed newest first, sorted, filtered, counted and paged', async () => {
      const { id: person } = await aCustomerUser(admin);
      const { id: ownerId } = await aUser(admin);
      const ids: number[] = [];
      for (const members of [{}, { ownerId }, {}]) {
        product.forward(1_000);
        ids.push((await aRecord(kind, admin, person, members)).id);
      }
      const [first, second, third] = ids;
      const idsOf = async (query: string) => (await list(query, admin, person)).items.map(({ id }) => id);

      expect(await idsOf('')).toEqual([third, second, first]);
      expect(await idsOf('sort=createdAt')).toEqual([first, second, third]);
      expect(await idsOf(`filter[ownerId]=${ownerId}`)).toEqual([second]);
      const page = await list('limit=2&total=true', admin, person);
      expect([page.items.map(({ id }) => id), page.page.total]).toEqual([[third, second], 3]);
      expect(await idsOf(`limit=2&cursor=${page.page.next}`)).toEqual([first]);
      expect(await idsOf(`filter[createdAt][gt]=${String(page.items[1]?.['createdAt'])}`)).toEqual([third]);
      expect((await admin.get(`${USERS}/${person}/${path}?filter[nothing]=1`)).status).toBe(400);
    });

    it('are changed member by member, in the version that If-Match names', async () => {
      const record = await aRecord(kind, admin, personId);
      expect(refusal(await admin.patch(record.url, change, { 'if-match': '"2"' }))).toEqual([412, 'precondition.stale']);
      const { status, headers, body } = await admin.patch<RecordBody>(record.url, change, { 'if-match': '"1"' });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({ ...change, ownerId: 1 });
      expect((await admin.patch<RecordBody>(record.url, change)).body).toEqual(body);
      expect((await admin.patch<RecordBody>(record.url, {})).body).toEqual(body);
      expect(refusal(await admin.delete(record.url, { 'if-match': '"1"' }))).toEqual([412, 'precondition.stale']);
      expect((await admin.delete(record.url, { 'if-match': '"2"' })).status).toBe(204);
      expect((await admin.get(record.url)).status).toBe(404);
    });

    it('have a history of who made, changed and deleted them, which forgets what they said with them', async () => {
      const record = await aRecord(kind, admin, personId);
      await admin.patch(record.url, change);
      const before = await historyOf(product, entity, record.id);
      expect(before.map(({ action, actorName }) => `${action} by ${actorName}`)).toEqual([
        'created by First Administrator',
        'changed by First Administrator',
      ]);
      expect(JSON.stringify(before)).toContain(kind.said);
      await admin.delete(record.url);

      const after = await historyOf(product, entity, record.id);
      expect(after.map(({ action }) => action)).toEqual(['created', 'changed', 'deleted']);
      expect(after[0]?.changes).toMatchObject({ customerUserId: { old: null, new: personId }, ownerId: { old: null, new: 1 } });
      expect(JSON.stringify(after)).not.toContain(kind.said);
    });

    it('are handed over to users of the organization alone', async () => {
      const { id: ownerId } = await aUser(admin);
      const record = await aRecord(kind, admin, personId);
      const stranger = (await aConsoleCaller(product, { organizationId: (await anOrganization(product)).id })).userId;

      expect((await admin.patch<RecordBody>(record.url, { ownerId })).body).toMatchObject({ ownerId, owner: { id: ownerId } });
      expect(faults(await admin.patch(record.url, { ownerId: stranger }))).toEqual([400, ['/ownerId records.owner_unknown']]);
      expect(faults(await add(admin, personId, { ownerId: 999_999 }))).toEqual([400, ['/ownerId records.owner_unknown']]);
      await admin.delete(`/admin/api/users/${ownerId}`);
      expect((await admin.get<RecordBody>(record.url)).body).toMatchObject({ ownerId: null, owner: null });
    });

    it('need their own permission for each act, and sight of the person too', async () => {
      const { url } = await aRecord(kind, admin, personId);
      const acts = {
        view: (caller: Caller) => caller.get(url),
        create: (caller: Caller) => add(caller, personId),
        edit: (caller: Caller) => caller.patch(url, change),
        delete: (caller: Caller) => caller.delete(url),
      };
      for (const act of ACTS) {
        const { [`${entity}:${act}`]: _missing, ...others } = everything;
        const answer = await acts[act](await aConsoleCaller(product, { rights: { ...others, ...sight } }));
        expect([answer.status, answer.body.detail]).toEqual([403, `This needs the permission ${entity}:${act}.`]);
      }
      const blind = await aConsoleCaller(product, { rights: everything });
      for (const act of ACTS) expect(refusal(await acts[act](blind))).toEqual([404, 'not_found']);
      expect((await blind.get(`${USERS}/${personId}/${path}`)).status).toBe(404);
    });

    it('are, at the level own, those that one owns, and given to nobody else', async () => {
      const rights = { ...Object.fromEntries(ACTS.map((act) => [`${entity}:${act}`, 'own'] as const)), ...sight };
      const author = await aConsoleCaller(product, { rights });
      const others = await aRecord(kind, admin, personId);
      const own = await aRecord(kind, author, personId);

      expect(own.ownerId).toBe(author.userId);
      expect((await list('', author)).items.map(({ id }) => id)).toEqual([own.id]);
      expect(refusal(await author.get(others.url))).toEqual([404, 'not_found']);
      expect(refusal(await author.delete(others.url))).toEqual([404, 'not_found']);
      expect(faults(await add(author, personId, { ownerId: 1 }))).toEqual([400, ['/ownerId auth.owner_not_self']]);
      expect(refusal(await author.patch(own.url, { ownerId: 1 }))).toEqual([403, 'auth.permission_missing']);

      const reader = await aConsoleCaller(product, { rights: { ...rights, [`${entity}:view`]: 'organization' } });
      expect((await reader.get(own.url)).status).toBe(200);
      expect(refusal(await reader.patch(own.url, change))).toEqual([403, 'auth.permission_missing']);
      expect(refusal(await reader.delete(own.url))).toEqual([403, 'auth.permission_missing']);
    });

    it('are found under their person alone, and in no other organization', async () => {
      const record = await aRecord(kind, admin, personId);
      const { id: other } = await aCustomerUser(admin);
      const stranger = await aConsoleCaller(product, { organizationId: (await anOrganization(product)).id });
      const elsewhere = `${USERS}/${other}/${path}/${record.id}`;

      for (const answer of [
        await admin.get(elsewhere),
        await admin.patch(elsewhere, change),
        await admin.delete(elsewhere),
        await stranger.get(record.url),
        await stranger.patch(record.url, change),
        await stranger.delete(record.url),
        await add(stranger, personId),
        await add(admin, 999_999),
        await admin.get(`${USERS}/999999/${path}`),
      ])
        expect(refusal(answer)).toEqual([404, 'not_found']);
      expect((await admin.get<RecordBody>(record.url)).body.version).toBe(1);
    });

    it('keep nobody from being deleted, and go with him', async () => {
      const { id: person } = await aCustomerUser(admin);
      const { id } = await aRecord(kind, admin, person);

      expect((await admin.delete(`${USERS}/${person}`)).status).toBe(204);
      const history = await historyOf(product, entity, id);
      expect(history.map(({ action }) => action)).toEqual(['created', 'deleted']);
      expect(JSON.stringify(history)).not.toContain(kind.said);
    });

    it('are collected with his data, go when he is erased, and are not made about him any more', async () => {
      const { id: person } = await aCustomerUser(admin);
      const record = await aRecord(kind, admin, person);
      const collected = await admin.post<{ data: { records: object } }>(`${USERS}/${person}/data-export`);
      expect(JSON.stringify(collected.body.data.records)).toContain(kind.said);
      await admin.post(`${USERS}/${person}/erase`);

      expect((await admin.get(record.url)).status).toBe(404);
      expect((await list('', admin, person)).items).toEqual([]);
      expect(refusal(await add(admin, person))).toEqual([409, 'customer_users.erased']);
    });

    it('are made or gone, whichever of making and deleting their person comes first', async () => {
      const { id: person } = await aCustomerUser(admin);
      const answers = await Promise.all([
        ...Array.from({ length: 4 }, () => add(admin, person)),
        admin.delete(`${USERS}/${person}`),
        ...Array.from({ length: 4 }, () => add(admin, person)),
      ]);

      expect(answers[4]?.status).toBe(204);
      expect(answers.filter(({ status }) => ![201, 204, 404].includes(status))).toEqual([]);
      expect((await admin.get(`${USERS}/${person}/${path}`)).status).toBe(404);
    });

    it('are read and sorted by an index of their person', async () => {
      const { manager } = product.work;
      const source = manager.connection;
      const onSqlite = source.options.type === 'better-sqlite3';
      const { id: person } = await aCustomerUser(admin);
      await aRecord(kind, admin, person);
      const { logger } = source;
      const statements: { sql: string; parameters: unknown[] }[] = [];
      const logQuery = (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters });
      source.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery });
      for (const sort of ['-createdAt', 'updatedAt']) await list(`sort=${sort}`, admin, person);
      source.logger = logger;
      const lists = statements.filter(({ sql }) => /customer_user_id\W+=.*ORDER BY/s.test(sql));
      expect(lists).toHaveLength(2);
      for (const { sql, parameters } of lists) {
        const plan = await source.query<{ detail?: string; Extra?: string; key?: string }[]>(
          `EXPLAIN ${onSqlite ? 'QUERY PLAN ' : ''}${sql.replace(/^SET STATEMENT \S+ FOR /, '')}`,
          parameters,
        );
        expect(JSON.stringify(plan)).toMatch(/ix_\w+_(created|updated)_at/);
        expect(JSON.stringify(plan)).not.toMatch(/filesort|TEMP B-TREE/);
      }
    });
  });

  describe('of the kind notes', () => {
    it('have a text of 1 to 20 000 characters that is not blank', async () => {
      const post = (text: unknown) => admin.post(`${USERS}/${personId}/notes`, { text });

      for (const text of ['', ' \n ', 'x'.repeat(20_001), 'a\u0000b', 7, null, undefined])
        expect((await post(text)).body.errors?.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/text']));
      const text = `${'ü😀'.repeat(6_000)}\r\n<script>alert(1)</script>\t`;
      expect((await post(text)).body).toMatchObject({ text });
      expect((await list(`filter[text][contains]=SCRIPT`)).items).toHaveLength(1);
    });

    const list = async (query: string) => (await admin.get<Listed<RecordBody>>(`${USERS}/${personId}/notes?${query}`)).body;
  });

  describe('of the kind calendar events', () => {
    const url = () => `${USERS}/${personId}/calendar-events`;
    const post = <T = EventBody & Refused>(members: object) => admin.post<T>(url(), { ...A_VISIT, ...members });

    it('have their time, place in time, reminders and guests', async () => {
      const attendees = [{ email: 'Jo.Cho@supplier.example', name: 'Jo Cho', status: 'accepted' }, { userId: 1 }];
      const { body } = await post({
        description: 'a\nb',
        timeZone: 'Europe/Berlin',
        allDay: true,
        reminderMinutes: [15, 1_440],
        attendees,
      });

      expect(body).toMatchObject({
        ...A_VISIT,
        ...{ description: 'a\nb', timeZone: 'Europe/Berlin', allDay: true, reminderMinutes: [15, 1_440] },
        attendees: [
          { email: 'admin@example.com', name: 'First Administrator', userId: 1, status: 'none' },
          { email: 'Jo.Cho@supplier.example', name: 'Jo Cho', userId: null, status: 'accepted' },
        ],
      });
      expect((await post({})).body).toMatchObject({
        description: null,
        timeZone: 'UTC',
        allDay: false,
        reminderMinutes: [],
        attendees: [],
      });
      const changed = await admin.patch<EventBody>(`${url()}/${body.id}`, {
        description: null,
        attendees: [{ email: 'al@supplier.example' }],
      });
      expect(changed.body).toMatchObject({
        ...A_VISIT,
        version: 2,
        description: null,
        attendees: [{ email: 'al@supplier.example', name: null }],
      });
      const history = await historyOf(product, 'calendar_event', body.id);
      expect(history[1]?.changes).toEqual({
        description: { old: 'a\nb', new: null },
        attendees: { old: '(changed)', new: '(changed)' },
      });
      expect(JSON.stringify(history)).not.toContain('supplier.example');
    });

    it.each<[string, object, string]>([
      ['an end before its start', { endsAt: '2027-03-01T07:59:59.999Z' }, '/endsAt calendar_events.ends_before_start'],
      ['a day that no calendar has', { startsAt: '2027-02-30T08:00:00Z' }, '/startsAt malformed'],
      ['a time zone that is none', { timeZone: 'Europe/Atlantis' }, '/timeZone not_a_time_zone'],
      ['an offset for a time zone', { timeZone: '+01:00' }, '/timeZone not_a_time_zone'],
      ['a guest without an address', { attendees: [{ name: 'Jo' }] }, '/attendees/0 calendar_events.attendee_unclear'],
      ['a guest of both kinds', { attendees: [{ userId: 1, email: 'a@b.example' }] }, '/attendees/0 calendar_events.attendee_unclear'],
      ['a colleague who is none', { attendees: [{ userId: 999_999 }] }, '/attendees/0 calendar_events.attendee_unknown'],
      ['a guest twice', { attendees: [{ email: 'jo@b.example' }, { email: 'JO@b.example' }] }, '/attendees/1 repeated'],
      ['a guest who answers nonsense', { attendees: [{ email: 'jo@b.example', status: 'perhaps' }] }, '/attendees/0/status not_one_of'],
      ['a reminder after the start', { reminderMinutes: [-1] }, '/reminderMinutes too_small'],
      ['a reminder twice', { reminderMinutes: [5, 5] }, '/reminderMinutes repeated'],
      ['a title of two lines', { title: 'a\nb' }, '/title malformed'],
    ])('are refused with %s', async (_what, members, fault) => {
      expect(faults(await post<Refused>(members))).toEqual([400, [fault]]);
    });

    it('are held to their times as a change leaves them', async () => {
      const { body } = await post({});
      const refused = await admin.patch(`${url()}/${body.id}`, { startsAt: '2027-03-01T10:00:00Z' });

      expect(faults(refused)).toEqual([400, ['/endsAt calendar_events.ends_before_start']]);
      expect((await admin.patch(`${url()}/${body.id}`, { startsAt: '2027-03-01T10:30:00+01:00' })).status).toBe(200);
    });

    it('are found in a range of time, the latest first', async () => {
      const { id: person } = await aCustomerUser(admin);
      const on = (day: string) => ({ startsAt: `2027-04-${day}T08:00:00Z`, endsAt: `2027-04-${day}T09:00:00Z`, title: day });
      for (const day of ['02', '04', '03', '01']) await admin.post(`${USERS}/${person}/calendar-events`, on(day));
      const titles = async (query: string) =>
        (await admin.get<Listed<EventBody>>(`${USERS}/${person}/calendar-events?${query}`)).body.items.map(({ title }) => title);

      expect(await titles('')).toEqual(['04', '03', '02', '01']);
      expect(await titles('filter[startsAt][gte]=2027-04-02T00:00:00Z&filter[startsAt][lt]=2027-04-04T00:00:00Z&sort=startsAt')).toEqual([
        '02',
        '03',
      ]);
    });

    it('lose a guest with the colleague that he was, and keep his address', async () => {
      const colleague = await aUser(admin);
      const { body } = await post({ attendees: [{ userId: colleague.id }] });
      await admin.delete(`/admin/api/users/${colleague.id}`);

      expect((await admin.get<EventBody>(`${url()}/${body.id}`)).body.attendees).toMatchObject([{ email: colleague.email, userId: null }]);
    });
  });

  it('are repeated under an Idempotency-Key, not made twice', async () => {
    const send = (text: string) =>
      admin.post<RecordBody & Refused>(`${USERS}/${personId}/notes`, { text }, { 'idempotency-key': 'note-1' });
    const [first, again, another] = [await send('Once.'), await send('Once.'), await send('Twice.')];

    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect([another.status, another.body.code]).toEqual([422, 'idempotency.key_reused']);
  });
});
