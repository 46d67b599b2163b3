import { aCustomField } from '../factories/custom-fields.js';
import { aCustomer } from '../factories/customers.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { refusal } from '../support/bad-input/problem.js';
import { ID_ROUTES, LISTS } from '../support/bad-input/routes.js';
import { HOSTILE, withMember } from '../support/bad-input/values.js';
import { aConsent, aGroup, aLanguage, anApplication, anOrganizationApart, aSite, aWorld, type World } from '../support/bad-input/world.js';
import type { Listed } from '../support/client.js';
import { multipart, type Form } from '../support/imports/multipart.js';
import { type Product, type Refused, startProduct } from '../support/product.js';

jest.setTimeout(120_000);

/** By the end of the route; the others take none, or are looked up before their body is read. */
const GOOD_BODIES: Record<string, object> = {
  '/oauth-applications': { name: 'Connector' },
  '/notes': { text: 'Wants the blue one.' },
  '/calendar-events': { title: 'Visit', startsAt: '2027-01-01T09:00:00Z', endsAt: '2027-01-01T10:00:00Z' },
};

describe('A bad request', () => {
  let product: Product;
  let world: World;

  beforeAll(async () => {
    product = await startProduct();
    world = await aWorld(product);
  });
  afterAll(() => product.close());

  describe.each(ID_ROUTES)('for %s %s', (method, route, as) => {
    const call = (id: string) => {
      const body = method === 'POST' ? GOOD_BODIES[route.slice(route.lastIndexOf('/'))] : undefined;
      const caller = as === 'admin' ? product.admin : world[as];
      return caller.call<Refused>(method, route.replace(':id', id), method === 'PATCH' ? {} : body);
    };

    it('finds nothing under an id that is not there, or is none', async () => {
      const ids = [
        '987654321',
        '0',
        '-1',
        '1.5',
        '01',
        'abc',
        '1e3',
        '9007199254740993',
        '9'.repeat(400),
        '%00',
        "1'--",
        '1%20',
        '%F0%9F%98%80',
      ];
      const answers = await Promise.all(ids.map(async (id) => [id, ...refusal(await call(id))]));
      expect(answers).toEqual(ids.map((id): unknown[] => [id, 404, expect.stringMatching(/(^|\.)not_found$/)]));
    });

    it('is told from an address that cannot be read', async () => {
      expect(refusal(await call('%E0%A4%A'))).toEqual([400, 'request.malformed_url']);
    });
  });

  it('is one for an address where there is nothing', async () => {
    for (const path of ['/', '/admin/api', '/api/nothing', '/admin/api/customers/1/nothing', '/x'.repeat(1_000)])
      expect(refusal(await product.admin.get(path))).toEqual([404, 'not_found']);
  });

  describe.each<[string, (product: Product) => Promise<number>, object]>([
    ['customers', async ({ admin }) => (await aCustomer(admin)).id, { name: 'Changed' }],
    ['customer-users', async ({ admin }) => (await aCustomerUser(admin)).id, { lastName: 'Changed' }],
    ['custom-fields', async ({ admin }) => (await aCustomField(admin)).id, { name: 'Changed' }],
    ['oauth-applications', anApplication, { name: 'Changed' }],
    ['consents', aConsent, { position: 7 }],
    ['customer-groups', aGroup, { name: 'Changed' }],
    ['organizations', anOrganizationApart, { name: 'Changed' }],
    ['websites', aSite, { name: 'Changed' }],
    ['localizations', aLanguage, { name: 'Changed' }],
  ])('with a stale If-Match, to /admin/api/%s', (things, make, change) => {
    let path: string;
    beforeEach(async () => {
      path = `/admin/api/${things}/${await make(product)}`;
    });

    it.each(['"2"', 'W/"1"', '1', 'nonsense', '""', '"1', `"${'9'.repeat(500)}"`, '"0", "2"'])('%s changes nothing', async (tag) => {
      const before = await product.admin.get(path);

      expect(refusal(await product.admin.patch(path, change, { 'if-match': tag }))).toEqual([412, 'precondition.stale']);
      expect(refusal(await product.admin.delete(path, { 'if-match': tag }))).toEqual([412, 'precondition.stale']);

      const after = await product.admin.get(path);
      expect([after.status, after.body, after.headers.get('etag')]).toEqual([200, before.body, '"1"']);
    });

    it('is told from one with the version that is there', async () => {
      const changed = await product.admin.patch(path, change, { 'if-match': '"1"' });

      expect([changed.status, changed.body, changed.headers.get('etag')]).toEqual([200, expect.objectContaining(change), '"2"']);
      expect(refusal(await product.admin.delete(path, { 'if-match': '"1"' }))).toEqual([412, 'precondition.stale']);
      expect((await product.admin.delete(path, { 'if-match': '"2"' })).status).toBe(204);
    });
  });

  describe.each(LISTS)('to the list %s', (path) => {
    const list = (query: string) => (path.startsWith('/api/') ? world.boss : product.admin).get(`${path}?${query}`);

    it.each([
      ...['filter[nothing]=1', 'filter[__proto__]=1', 'filter[constructor]=1', 'filter[id][nothing]=1', 'filter=1', 'filter[]=1'],
      ...['filter[id]=abc', 'filter[id]=1.5', 'filter[id]=-1', 'filter[id][in]=', 'filter[id]=1&filter[id]=2', 'filter[id][eq][x]=1'],
      ...['sort=nothing', 'sort=-', 'sort=__proto__', 'sort=', 'limit=0', 'limit=201', 'limit=1.5', 'limit=abc', 'limit=-1', 'limit=1e2'],
      ...['cursor=abc', 'cursor=', 'cursor=e30', 'total=maybe', 'nothing=1', 'constructor=1', 'filter[createdAt][gt]=yesterday'],
    ])('with ?%s names the parameter', async (query) => {
      const answer = await list(query);

      expect(refusal(answer)).toEqual([400, expect.any(String)]);
      expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual([query.split('=', 1)[0]]);
    });

    it.each(['%00', '%ED%A0%80', '%', '%25', "'", '\\', '_', '%F0%9F%98%80', 'a'.repeat(9_000)])(
      'breaks nothing with %s in place of any text',
      async (text) => {
        const fields = ['email', 'name', 'label', 'entity', 'to', 'username'].map((field) => `filter[${field}][contains]=${text}`);
        const answers = await Promise.all([...fields, `cursor=${text}`, `sort=${text}`].map(list));
        const others = answers.filter(({ status }) => status !== 200);
        expect(others.map((answer) => refusal(answer).slice(2))).toEqual(others.map(() => []));
        expect(others.filter(({ status }) => status !== 400)).toEqual([]);
      },
    );
  });

  describe('for a token', () => {
    const valid = { grant_type: 'client_credentials', client_id: 'a', client_secret: 'b', scope: 'customer_user:view' };
    const ask = (body: string, type = 'application/json') => product.nobody.post('/oauth2-token', body, { 'content-type': type });
    const shape = ({ status, headers, body }: Awaited<ReturnType<typeof ask>>) => [
      status,
      headers.get('cache-control'),
      Object.keys(body).sort(),
    ];
    const refused = (status: number) => [status, 'no-store', ['error', 'error_description']];

    it.each<[string, string, string, number]>([
      ['broken JSON', '{', 'application/json', 400],
      ['no JSON object', '[]', 'application/json', 400],
      ['nothing', '', 'application/x-www-form-urlencoded', 400],
      ['a parameter twice', 'grant_type=a&grant_type=b', 'application/x-www-form-urlencoded', 400],
      ['half a character', 'grant_type=%ED%A0%80', 'application/x-www-form-urlencoded', 400],
      ['a text', 'grant_type=a', 'text/plain', 415],
      ['a form with a file', 'x', 'multipart/form-data; boundary=x', 415],
      ['2 MB', `{"client_id":"${'x'.repeat(2_000_000)}"}`, 'application/json', 413],
      ['too many levels', `{"scope":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'application/json', 400],
    ])('with %s is refused in the form of RFC 6749', async (_what, body, type, status) => {
      expect(shape(await ask(body, type))).toEqual(refused(status));
    });

    it.each(Object.keys(valid))('with anything for %s breaks nothing', async (name) => {
      const answers = await Promise.all(Object.values(HOSTILE).map((text) => ask(withMember(valid, name, text))));
      // 429 comes after so many failures.
      expect(answers.filter(({ status }) => ![400, 401, 429].includes(status))).toEqual([]);
      expect(answers.map(shape)).toEqual(answers.map(({ status }) => refused(status)));
    });
  });

  describe('with an upload', () => {
    let before: number[];
    const imports = async () => (await product.admin.get<Listed<{ id: number }>>('/admin/api/imports')).body.items.map(({ id }) => id);

    beforeAll(async () => {
      before = await imports();
    });

    const upload = (form: Form) => {
      const { body, type } = multipart(form);
      return product.admin.post('/admin/api/imports', body, { 'content-type': type });
    };
    const file = 'Email Address,First Name,Last Name\r\na@acme.example,A,B\r\n';
    const fields = { entity: 'customer-users' };

    it.each<[string, Form, string[]]>([
      ['without a file', { fields }, ['/file']],
      ['without an entity', { file }, ['/entity']],
      ['of an unknown entity', { file, fields: { entity: 'spaceships' } }, ['/entity']],
      ['with an unknown field', { file, fields: { ...fields, surprise: '1' } }, ['/surprise']],
      ['in an unknown mode', { file, fields: { ...fields, mode: 'guess' } }, ['/mode']],
      ['by an unknown strategy', { file, fields: { ...fields, strategy: 'hope', mails: 'all' } }, ['/strategy', '/mails']],
      ['with a mapping that is no JSON', { file, fields: { ...fields, mapping: '{' } }, ['/mapping']],
      ['with a mapping to nowhere', { file, fields: { ...fields, mapping: '{"a":"Nowhere"}' } }, ['/mapping/a']],
      ['of a file in another part', { file, fields, part: 'files' }, ['/files', '/file']],
    ])('%s names the part', async (_what, form, pointers) => {
      const answer = await upload(form);

      expect(refusal(answer)).toEqual([400, 'validation.failed']);
      expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    });

    it.each<[string, string, string]>([
      [
        'that ends too early',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc',
        'multipart/form-data; boundary=x',
      ],
      [
        'with a field named __proto__',
        '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--',
        'multipart/form-data; boundary=x',
      ],
      ['that is nothing', '', 'multipart/form-data; boundary=x'],
      ['without its boundary', 'abc', 'multipart/form-data; boundary=y'],
      ['that names no boundary', 'abc', 'multipart/form-data'],
    ])('%s is refused', async (_what, body, type) => {
      expect(refusal(await product.admin.post('/admin/api/imports', body, { 'content-type': type }))).toEqual([400, expect.any(String)]);
    });

    it.each(['application/json', 'text/csv', 'application/x-www-form-urlencoded'])('of the type %s is refused', async (type) => {
      expect(refusal(await product.admin.post('/admin/api/imports', '{}', { 'content-type': type }))).toEqual([
        415,
        'request.media_type_unsupported',
      ]);
    });

    it('leaves no import behind', async () => {
      expect(await imports()).toEqual(before);
    });
  });
});
