import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { FirstStart } from '../../src/first-start.js';
import { makeKeys } from '../../src/oauth/index.js';
import { type Configuration, configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { createHttpApplication, createLog } from '../../src/platform/http/index.js';
import { messagesIn } from './mails.js';
import { aMigratedDatabase } from './migrated-database.js';

// A start on a busy machine takes its time.
jest.setTimeout(30_000);

const EMAIL = 'admin@example.com';
const PASSWORD = 'Correct-horse-1';

export interface Answer<T> {
  status: number;
  body: T;
  headers: Record<string, unknown>;
}

export interface ApplicationBody {
  id: number;
  name: string;
  clientId: string;
  clientSecret: string;
  active: boolean;
  scopes: string[];
  secrets: { id: number; hint: string; expiresAt: string | null; lastUsedAt: string | null }[];
  owner: { type: string; id: number; fullName: string };
  organization: { id: number; name: string };
  lastUsedAt: string | null;
  version: number;
  warning: string | null;
}

export interface TokenBody {
  token_type: string;
  expires_in: number;
  access_token: string;
  scope: string;
  error?: string;
  error_description?: string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'HEAD' | 'OPTIONS';

interface Call {
  payload?: object | string;
  headers?: Record<string, string>;
  token?: string;
  /** The address that the call comes from. */
  from?: string;
}

/** The whole product over HTTP, with keys, an admin who is logged in, and one customer user. */
export class OAuthApp {
  admin: string;
  buyerId: number;
  private readonly others: NestFastifyApplication[] = [];

  private constructor(
    readonly http: NestFastifyApplication,
    readonly configuration: Configuration,
    readonly close: () => Promise<void>,
  ) {}

  static async start({
    keys = true,
    environment: more = {},
  }: { keys?: boolean; environment?: Record<string, string> } = {}): Promise<OAuthApp> {
    const folder = await mkdtemp(join(tmpdir(), 'oauth-'));
    const database = await aMigratedDatabase();
    const environment = readEnvironment({
      NODE_ENV: 'test',
      DATA_DIR: folder,
      KEYS_DIR: join(folder, 'keys'),
      ADMIN_EMAIL: EMAIL,
      ADMIN_PASSWORD: PASSWORD,
      LOG_LEVEL: 'silent',
      ...more,
    });
    const configuration = { ...configurationOf(environment), database: database.settings };
    if (keys) await makeKeys(configuration.keys.folder);
    const http = await aProcess(configuration);
    await http.get(FirstStart).run();
    await http.init();
    const app = new OAuthApp(http, configuration, async () => {
      for (const other of app.others) await other.close();
      await http.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    });
    const login = await app.call<{ accessToken: string }>('POST', '/admin/api/auth/login', {
      payload: { email: EMAIL, password: PASSWORD },
    });
    app.admin = login.body.accessToken;
    app.buyerId = await app.aCustomerUser('amanda.cole@acme.example');
    return app;
  }

  /** The same product once more, on the same database and keys, as another process would be. */
  async another(): Promise<OAuthApp> {
    const http = await aProcess(this.configuration);
    await http.init();
    this.others.push(http);
    return Object.assign(new OAuthApp(http, this.configuration, () => http.close()), { admin: this.admin, buyerId: this.buyerId });
  }

  async call<T>(method: Method, url: string, { payload, headers, token, from }: Call = {}): Promise<Answer<T>> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await this.http.inject({ method, url, payload, headers: { ...authorization, ...headers }, remoteAddress: from });
    const isJson = String(answer.headers['content-type']).includes('json') && answer.body !== '';
    return { status: answer.statusCode, body: (isJson ? JSON.parse(answer.body) : {}) as T, headers: answer.headers };
  }

  /** As the admin. */
  act<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<Answer<T>> {
    return this.call<T>(method, `/admin/api${path}`, { payload, headers, token: this.admin });
  }

  async aCustomerUser(email: string, draft: object = {}): Promise<number> {
    const payload = { email, firstName: 'Amanda', lastName: 'Cole', enabled: true, confirmed: true, password: PASSWORD, ...draft };
    const { body } = await this.act<{ id: number }>('POST', '/customer-users', payload);
    return body.id;
  }

  async anApplication(name: string, draft: object = {}, customerUserId = this.buyerId): Promise<ApplicationBody> {
    const { body } = await this.act<ApplicationBody>('POST', `/customer-users/${customerUserId}/oauth-applications`, { name, ...draft });
    return body;
  }

  /** A token request as a form. */
  ask(form: Record<string, string> | string, headers: Record<string, string> = {}, from?: string): Promise<Answer<TokenBody>> {
    return this.send('/oauth2-token', form, headers, from);
  }

  /** A form to one of the endpoints of the authorization server. */
  send<T>(url: string, form: Record<string, string> | string, headers: Record<string, string> = {}, from?: string): Promise<Answer<T>> {
    const payload = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    return this.call('POST', url, { payload, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, from });
  }

  async tokenOf({ clientId, clientSecret }: ApplicationBody, scope?: string): Promise<string> {
    const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    return (await this.ask({ ...credentials, ...(scope !== undefined && { scope }) })).body.access_token;
  }

  key(half: 'private' | 'public'): string {
    return readFileSync(join(this.configuration.keys.folder, `first.${half}.pem`), 'utf8');
  }

  /** The texts of the mails in the outbox folder. */
  async written(): Promise<string[]> {
    const mails = await messagesIn(this.configuration.mail.outbox);
    return mails.map(({ subject, text, html }) => [subject, text, html].join('\n'));
  }

  /** Uses are written behind the requests; whoever looks at applications finds them written. */
  async usesWritten(): Promise<void> {
    await this.act('GET', '/oauth-applications?limit=1');
  }

  execute(sql: string): Promise<unknown> {
    return this.http.get(UnitOfWork).manager.query(sql);
  }
}

async function aProcess(configuration: Configuration): Promise<NestFastifyApplication> {
  const module = await AppModule.for(configuration, 'all');
  return createHttpApplication(module, { settings: configuration.http, log: createLog('silent'), surfaces: [] });
}

export type Json = Record<string, unknown>;

export const encodePart = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decodePart = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json;

/** The header and the claims of a JWT, unverified. */
export function readToken(token: string): { header: Json; claims: Json } {
  const [header, claims] = token.split('.');
  return { header: decodePart(header), claims: decodePart(claims) };
}

export const basic = ({ clientId, clientSecret }: Pick<ApplicationBody, 'clientId' | 'clientSecret'>) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
});

/** How a client shows who it is in the body. */
export const identityOf = ({ clientId, clientSecret }: ApplicationBody) => ({ client_id: clientId, client_secret: clientSecret });

/** What the token endpoint takes in the body. */
export const credentialsOf = ({ clientId, clientSecret }: ApplicationBody) => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: clientSecret,
});
