import { LoginAttempt } from '../../src/audit/login-attempt.entity.js';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { HistoryEntry } from '../../src/platform/history/index.js';
import { CalendarEvent } from '../../src/records/about-people/calendar-event.entity.js';
import { Attachment } from '../../src/records/about-people/attachment.entity.js';
import { Note } from '../../src/records/about-people/note.entity.js';
import type { TimelineEntryView } from '../../src/records/about-people/timeline.dto.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import { anOrganization } from '../factories/organizations.js';
import { aRecord, RECORD_KINDS } from '../factories/person-records.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Caller, type Product, startProduct } from '../support/product.js';
import { everythingIsSent } from '../support/traces.js';

jest.setTimeout(120_000);

type Entry = Json<TimelineEntryView> & { record: { id: number } };

const USERS = '/admin/api/customer-users';
const KINDS = ['note', 'calendar_event', 'attachment', 'email', 'change', 'login'];
const SECOND = 1_000;

describe('The timeline of a customer user', () => {
  let product: Product;
  let admin: Caller;
  let personId: number;

  beforeAll(async () => {
    product = await startProduct();
    ({ admin } = product);
    const person = await aCustomerUser(admin);
    personId = person.id;
    product.forward(SECOND);
    for (const kind of RECORD_KINDS) {
      await aRecord(kind, admin, personId);
      product.forward(SECOND);
    }
    await product.tryLogIn('/api', person.email, 'Not-his-password-1');
    product.forward(SECOND);
    await product.logIn(person.email, PASSWORD);
    product.forward(SECOND);
    await admin.post(`${USERS}/${personId}/reset-password`);
    await eventually(async () => (await page('filter[kind]=email')).items.length > 0, 'he is mailed');
    await everythingIsSent(product);
  });
  afterAll(() => product.close());

  const page = async (query = '', caller = admin, person = personId) =>
    (await caller.get<Listed<Entry>>(`${USERS}/${person}/timeline?${query}`)).body;
  const kindsOf = ({ items }: Listed<Entry>) => items.map(({ kind }) => kind);

  it('has all that happened, newest first, as the API of each kind shows it', async () => {
    const { items } = await page();

    expect(new Set(kindsOf({ items } as Listed<Entry>))).toEqual(new Set(KINDS));
    // It is planned for a day to come.
    expect(kindsOf({ items } as Listed<Entry>).slice(0, 1)).toEqual(['calendar_event']);
    expect(kindsOf({ items } as Listed<Entry>).slice(-3)).toEqual(['attachment', 'note', 'change']);
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    const pathOf: Record<string, string> = {
      ...{ note: `${USERS}/${personId}/notes`, calendar_event: `${USERS}/${personId}/calendar-events` },
      ...{ attachment: `${USERS}/${personId}/attachments`, email: `${USERS}/${personId}/emails` },
      ...{ change: `${USERS}/${personId}/history`, login: `/admin/api/login-attempts` },
    };
    for (const { kind, record } of items) {
      const own = (await admin.get<Listed<{ id: number }>>(`${pathOf[kind]}?limit=200`)).body.items;
      expect(own.find(({ id }) => id === record.id)).toEqual(record);
    }
  });

  it('is filtered by kind and by time, and told from its beginning as well', async () => {
    const all = (await page()).items;
    const [middle] = all.slice(3);

    expect(new Set(kindsOf(await page('filter[kind]=login')))).toEqual(new Set(['login']));
    expect(new Set(kindsOf(await page('filter[kind][in]=note,email')))).toEqual(new Set(['note', 'email']));
    expect(kindsOf(await page('filter[kind][ne]=change'))).toEqual(all.map(({ kind }) => kind).filter((kind) => kind !== 'change'));
    expect(kindsOf(await page('filter[kind]=note&filter[kind][ne]=note'))).toEqual([]);
    expect((await page(`filter[at][gte]=${middle?.at}`)).items).toEqual(all.filter(({ at }) => at >= (middle?.at ?? '')));
    expect((await page(`filter[at][lt]=${middle?.at}&sort=at`)).items).toEqual(all.filter(({ at }) => at < (middle?.at ?? '')).reverse());
    expect((await page('total=true&limit=1')).page.total).toBe(all.length);
    expect((await page('total=true&limit=1&filter[kind]=note')).page.total).toBe(1);
  });

  it.each(['kind', '-id', 'at,kind'])('is not sorted by %s', async (sort) => {
    expect((await admin.get(`${USERS}/${personId}/timeline?sort=${sort}`)).status).toBe(400);
  });

  it.each(['filter[kind]=order', 'filter[at][contains]=2027', 'filter[id]=1', 'q=x', 'cursor=nonsense', 'limit=201'])(
    'refuses %s',
    async (query) => {
      expect((await admin.get(`${USERS}/${personId}/timeline?${query}`)).status).toBe(400);
    },
  );

  it('is of each kind what the caller may see', async () => {
    const sight = { 'customer_user:view': 'organization' } as const;
    const author = await aConsoleCaller(product, { rights: { ...sight, 'note:view': 'own', 'note:create': 'own' } });
    const mails = await aConsoleCaller(product, { rights: { ...sight, 'email:view': 'organization' } });
    const stranger = await aConsoleCaller(product, { organizationId: (await anOrganization(product)).id });
    const { body } = await author.post<{ id: number }>(`${USERS}/${personId}/notes`, { text: 'Mine.' });

    const { items } = await page('', author);
    expect(items.filter(({ kind }) => kind !== 'change').map(({ kind, record }) => [kind, record.id])).toEqual([['note', body.id]]);
    expect(new Set(kindsOf(await page('', mails)))).toEqual(new Set(['email', 'change']));
    expect(kindsOf(await page('filter[kind]=note', mails))).toEqual([]);
    expect((await stranger.get(`${USERS}/${personId}/timeline`)).status).toBe(404);
    await admin.delete(`${USERS}/${personId}/notes/${body.id}`);
  });

  describe('of somebody with very much', () => {
    /** Of each kind. */
    const MANY = 1_500;
    let busy: number;

    beforeAll(async () => {
      busy = (await aCustomerUser(admin, { password: undefined })).id;
      const { work } = product;
      const many = Array.from({ length: MANY }, (_, i) => i);
      // Seven at each moment, and each moment of every kind.
      const at = (i: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 7) * SECOND);
      const record = (i: number) => {
        return { organizationId: 1, customerUserId: busy, ownerId: null, createdAt: at(i), updatedAt: at(i), version: 1 };
      };
      const insert = async <T extends object>(entity: new () => T, rows: object[]) => {
        for (let start = 0; start < rows.length; start += 500)
          await work
            .repository(entity)
            .createQueryBuilder()
            .insert()
            .values(rows.slice(start, start + 500))
            .updateEntity(false)
            .execute();
      };
      await insert(
        Note,
        many.map((i) => ({ ...record(i), text: 'x', attachmentId: null })),
      );
      const visit = { title: 'x', description: null, timeZone: 'UTC', allDay: false, reminderMinutes: [] };
      await insert(
        CalendarEvent,
        many.map((i) => ({ ...record(i), ...visit, startsAt: at(i), endsAt: at(i) })),
      );
      const file = { fileName: 'x', mediaType: 'text/plain', sizeBytes: 1, sha256: 'x', comment: null };
      await insert(
        Attachment,
        many.map((i) => ({ ...record(i), ...file, fileKey: `many-${i}` })),
      );
      const entry = { organizationId: 1, entity: 'customer_user', entityId: busy, action: 'changed', actorType: 'system', actorId: null };
      const told = { actorName: 'System', via: 'api', ip: null, traceId: 'x', changes: {} };
      await insert(
        HistoryEntry,
        many.map((i) => ({ ...entry, ...told, at: at(i) })),
      );
      const attempt = { success: true, reason: null, source: 'password', side: 'storefront', username: 'x', usernameKey: 'x' };
      const who = { organizationId: 1, userId: null, customerUserId: busy, user: null, ip: null, userAgent: null };
      await insert(
        LoginAttempt,
        many.map((i) => ({ ...attempt, ...who, at: at(i) })),
      );
      const [like] = await work.repository(EmailRow).find({ take: 1 });
      await insert(
        EmailRow,
        many.map((i) => ({ ...like, id: undefined, customerUserId: busy, createdAt: at(i), messageId: `many-${i}`, dedupeKey: null })),
      );
      if (!onSqlite())
        for (const table of ['notes', 'calendar_events', 'attachments', 'history_entries', 'login_attempts', 'emails'])
          await work.manager.query(`ANALYZE TABLE ${table}`);
    });

    const onSqlite = () => product.work.manager.connection.options.type === 'better-sqlite3';
    const keyOf = ({ kind, at, record }: Entry) => `${at} ${kind} ${record.id}`;

    it.each(['-at', 'at'])('is walked by %s from page to page, every entry once', async (sort) => {
      const seen: Entry[] = [];
      const query = `sort=${sort}&limit=200&filter[at][lt]=2026-01-01T00:02:00Z`;
      for (let next: string | null = ''; next !== null;) {
        const { items, page: place } = await page(`${query}${next && `&cursor=${next}`}`, admin, busy);
        seen.push(...items);
        next = place.next;
      }

      // Of each kind 120 moments with seven entries.
      expect(seen.length).toBe(120 * 7 * KINDS.length);
      expect(new Set(seen.map(keyOf)).size).toBe(seen.length);
      const times = seen.map(({ at }) => at);
      expect(times).toEqual(sort === 'at' ? times.toSorted() : times.toSorted().reverse());
    });

    it('is read by one statement, of every kind by an index of the person, on any page', async () => {
      const source = product.work.manager.connection;
      const { page: first } = await page('limit=50&sort=-at&filter[at][lt]=2026-01-01T00:02:00Z', admin, busy);
      const { logger } = source;
      const statements: { sql: string; parameters: unknown[] }[] = [];
      const logQuery = (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters });
      source.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery });
      await page('limit=50&sort=-at', admin, busy);
      await page(`limit=50&sort=-at&filter[at][lt]=2026-01-01T00:02:00Z&cursor=${first.next}`, admin, busy);
      source.logger = logger;

      const unions = statements.filter(({ sql }) => sql.includes('UNION ALL'));
      expect(unions).toHaveLength(2);
      for (const { sql, parameters } of unions) {
        const plan = await source.query<{ detail?: string; Extra?: string; table?: string; key?: string }[]>(
          `EXPLAIN ${onSqlite() ? 'QUERY PLAN ' : ''}${sql}`,
          parameters,
        );
        const tables = onSqlite()
          ? plan.filter(({ detail = '' }) => /^(SEARCH|SCAN) (?!part\d)/.test(detail))
          : plan.filter(({ table = '' }) => table !== null && !table.startsWith('<'));
        expect(tables).toHaveLength(KINDS.length);
        const indices = tables.map(({ detail, key }) => /ix_\w+/.exec(detail ?? key ?? '')?.[0]).sort();
        expect(indices).toEqual([
          ...['ix_attachments_created_at', 'ix_calendar_events_starts_at', 'ix_emails_customer_user', 'ix_history_entries_entity_at'],
          ...['ix_login_attempts_customer_user_at', 'ix_notes_created_at'],
        ]);
        for (const { detail = '', Extra: extra = '' } of tables) expect(`${detail} ${extra}`).not.toMatch(/filesort|^SCAN/);
      }
    });
  });
});
