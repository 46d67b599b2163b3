import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../support/client.js';
import { aFreePort } from '../support/jobs/private-redis.js';
import { ProductProcess } from '../support/product-process.js';

jest.setTimeout(180_000);

interface Media {
  example?: { status: number; code: string };
  schema?: { $ref?: string; type?: string; required?: string[]; properties?: Record<string, object>; oneOf?: object[]; format?: string };
}
interface Operation {
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
  security?: object[];
  'x-required-permission'?: string;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, unknown> }>; securitySchemes: Record<string, object> };
}

const named = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ verb, path, name: `${verb.toUpperCase()} ${path}`, operation })),
  );

const describes = ({ content = {} }: { content?: Record<string, Media> }) =>
  Object.values(content).length > 0 && Object.values(content).every(({ schema }) => schema !== undefined && Object.keys(schema).length > 0);

/** The Swagger plugin works on what is built, so these are the documents of the built product. */
describe('The OpenAPI documents of the built product', () => {
  let folder: string;
  let server: ProductProcess | undefined;
  let client: Client;
  const documents: Document[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'open-api-'));
    const port = await aFreePort();
    const environment = { PORT: String(port), ADMIN_PASSWORD: 'Change-me-1', LOG_LEVEL: 'silent' };
    await ProductProcess.run('dist/src/commands/migrate.js', folder, environment);
    server = new ProductProcess('dist/src/main.js', folder, environment);
    await server.prints('Customer Identity is up');
    client = new Client(`http://localhost:${port}`);
    for (const side of ['admin', 'storefront']) documents.push((await client.get<Document>(`/docs/${side}-json`)).body);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const operations = () => documents.flatMap(named);

  it('show every route of their side, and none of the other', () => {
    const [admin = [], storefront = []] = documents.map((document) => Object.keys(document.paths));

    expect(admin).toEqual(expect.arrayContaining(['/admin/api/customer-users', '/admin/api/imports', '/admin/api/consents']));
    expect(admin.filter((path) => !path.startsWith('/admin/api/'))).toEqual([]);
    expect(storefront).toEqual(
      expect.arrayContaining([
        '/api/me',
        '/api/customer-users',
        '/api/customers',
        '/api/addresses',
        '/api/password/reset',
        '/oauth2-token',
        '/.well-known/jwks.json',
      ]),
    );
    expect(storefront.filter((path) => path.startsWith('/admin/'))).toEqual([]);
  });

  it('say what each route is for', () => {
    expect(operations().filter(({ operation: { summary, description } }) => !summary && !description)).toEqual([]);
  });

  it('say what each route answers', () => {
    // RFC 7009 section 2.2: a revocation answers 200 with nothing.
    const answering = operations().filter(({ path }) => path !== '/oauth2/revoke');
    const silent = answering.filter(({ operation }) =>
      Object.entries(operation.responses).some(([status, response]) => status.startsWith('2') && status !== '204' && !describes(response)),
    );

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('say what each body has to be', () => {
    const silent = operations().filter(({ operation: { requestBody } }) => requestBody && !describes(requestBody));

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('give every answer to a create route its members', () => {
    const created = documents.flatMap((document) => named(document).map((entry) => ({ ...entry, document })));
    const empty = created.flatMap(({ name, operation, document }) => {
      const reference = operation.responses['201']?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);
      const members = reference && document.components.schemas[reference]?.properties;
      return reference && Object.keys(members ?? {}).length === 0 ? [name] : [];
    });

    expect(empty).toEqual([]);
  });

  it('describe the errors of each route as problems', () => {
    const silent = operations()
      .filter(({ path }) => path.startsWith('/api/') || path.startsWith('/admin/api/'))
      .filter(({ operation }) => {
        const problems = Object.entries(operation.responses).filter(([status]) => status.startsWith('4'));
        return problems.length === 0 || problems.some(([, { content }]) => content?.['application/problem+json']?.schema === undefined);
      });

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('show each error with its own status', () => {
    const wrong = operations()
      .filter(({ path }) => path.startsWith('/admin/api/'))
      .flatMap(({ name, operation }) =>
        Object.entries(operation.responses)
          .filter(([status]) => status.startsWith('4'))
          .filter(([status, { content }]) => String(content?.['application/problem+json']?.example?.status) !== status)
          .map(([status]) => `${name} ${status}`),
      );

    expect(wrong).toEqual([]);
  });

  it('ask for a bearer token wherever a permission is needed, and say which permission', () => {
    const guarded = operations().filter(({ operation }) => operation['x-required-permission'] !== undefined);

    expect(guarded.length).toBeGreaterThan(30);
    expect(guarded.filter(({ operation }) => operation.security === undefined).map(({ name }) => name)).toEqual([]);
    for (const { components } of documents) expect(components.securitySchemes).toHaveProperty('bearer');
  });

  it('offer Idempotency-Key on every POST of the admin API, and of the storefront where a permission is needed, and If-Match on every change', () => {
    const headersOf = ({ parameters = [] }: Operation) =>
      parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    const admin = operations().filter(({ path, operation }) => path.startsWith('/admin/api/') || operation['x-required-permission']);

    expect(admin.filter(({ verb, operation }) => verb === 'post' && !headersOf(operation).includes('Idempotency-Key'))).toEqual([]);
    expect(admin.filter(({ verb, operation }) => verb === 'patch' && !headersOf(operation).includes('If-Match'))).toEqual([]);
  });

  it('offer no If-Match where there is no version, and tell what public routes refuse', () => {
    const found = (wanted: string) => operations().find(({ name }) => name === wanted)?.operation;
    const takesIfMatch = (wanted: string) => found(wanted)?.parameters?.some(({ name }) => name === 'If-Match');

    expect(['PUT /admin/api/settings/{key}', 'DELETE /api/me/sessions/{id}', 'DELETE /api/me/email'].map(takesIfMatch)).not.toContain(true);
    expect(['DELETE /admin/api/customers/{id}', 'PATCH /api/me'].map(takesIfMatch)).toEqual([true, true]);
    expect(Object.keys(found('POST /api/registration')?.responses ?? {})).toEqual(expect.arrayContaining(['202', '403', '404']));
  });

  it('show the warning about signing keys in the lists of OAuth applications and where one is made', () => {
    const found = operations().filter(({ verb, path }) => path.endsWith('/oauth-applications') && ['get', 'post'].includes(verb));
    const schemas = found.map(
      ({ operation: { responses } }) => (responses['200'] ?? responses['201'])?.content?.['application/json']?.schema,
    );
    const made = documents[0]?.components.schemas['OAuthApplicationWithSecret']?.properties;

    expect(schemas).toHaveLength(5);
    for (const schema of schemas) expect(schema?.properties ?? made).toHaveProperty('warning');
    for (const { operation } of found.filter(({ verb }) => verb === 'post')) expect(operation.responses).toHaveProperty('503');
  });

  it('describe the errors of the authorization server as RFC 6749 has them, and no others', () => {
    const endpoints = operations().filter(({ path }) => path.startsWith('/oauth2'));
    const refusals = endpoints.map(({ operation: { responses } }) => Object.entries(responses).filter(([status]) => status !== '200'));

    expect(endpoints.map(({ name }) => name)).toEqual(['POST /oauth2-token', 'POST /oauth2/introspect', 'POST /oauth2/revoke']);
    for (const given of refusals) {
      expect(given.map(([status]) => status)).toEqual(['400', '401', '413', '415', '429', '503']);
      for (const [, { content }] of given)
        expect(content).toEqual({ 'application/json': { schema: { $ref: '#/components/schemas/OAuthRefusal' } } });
    }
  });

  it.each(['/docs/admin', '/docs/storefront'])('have a page at %s', async (path) => {
    const { status, body } = await client.get<string>(path);

    expect(status).toBe(200);
    expect(body).toContain('swagger-ui');
  });
});
