import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeKeys } from '../../src/oauth/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { type Configuration, configurationOf, type DatabaseSettings, readEnvironment } from '../../src/platform/config/index.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { JobTimings } from '../../src/platform/jobs/index.js';
import { prepare } from '../../src/start.js';
import type { Answer } from './client.js';
import { aMigratedDatabase } from './migrated-database.js';
import { QUICK } from './jobs/jobs-app.js';
import { type Mailbox, outboxOf } from './mails.js';

export const ADMIN = { email: 'admin@example.com', password: 'Correct-horse-1' };

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  tokenType: string;
  expiresIn: number;
  redirectUrl?: string | null;
}

/** A problem, as far as tests look at it. */
export interface Refused {
  status: number;
  code: string;
  detail: string;
  traceId: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type Headed = Record<string, string>;

/** Somebody who calls the product, with or without a token. */
export class Caller {
  constructor(
    private readonly app: NestFastifyApplication,
    readonly token?: string,
    private readonly ip?: string,
  ) {}

  /** The same from another network address. */
  from(ip: string): Caller {
    return new Caller(this.app, this.token, ip);
  }

  get = <T = Refused>(url: string, headers?: Headed): Promise<Answer<T>> => this.call<T>('GET', url, undefined, headers);
  post = <T = Refused>(url: string, body?: object | string, headers?: Headed): Promise<Answer<T>> =>
    this.call<T>('POST', url, body, headers);
  patch = <T = Refused>(url: string, body?: object | string, headers?: Headed): Promise<Answer<T>> =>
    this.call<T>('PATCH', url, body, headers);
  put = <T = Refused>(url: string, body?: object | string, headers?: Headed): Promise<Answer<T>> => this.call<T>('PUT', url, body, headers);
  delete = <T = Refused>(url: string, headers?: Headed): Promise<Answer<T>> => this.call<T>('DELETE', url, undefined, headers);

  /** A body that is a text goes as it is, said to be JSON. */
  async call<T = Refused>(method: Method, url: string, body?: object | string, headers: Headed = {}): Promise<Answer<T>> {
    const answer = await this.app.inject({
      method,
      url,
      payload: body,
      ...(this.ip !== undefined && { remoteAddress: this.ip }),
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(typeof body === 'string' && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    const kept = Object.entries(answer.headers).flatMap(([name, value]) => [value ?? []].flat().map((text) => [name, String(text)]));
    return {
      status: answer.statusCode,
      headers: new Headers(kept),
      body: (isJson ? JSON.parse(answer.body) : answer.body) as T,
    };
  }
}

/** The whole product in this process, on a database and a folder of its own. */
export class Product {
  /** The first admin, logged in. */
  admin: Caller;
  readonly nobody: Caller;
  readonly mails: Mailbox;
  private ahead = 0;

  constructor(
    readonly app: NestFastifyApplication,
    readonly configuration: Configuration,
    readonly close: () => Promise<void>,
  ) {
    this.nobody = new Caller(app);
    this.mails = outboxOf(configuration.mail.outbox);
    this.inside(Clock).now = () => new Date(Date.now() + this.ahead);
  }

  as(token: string): Caller {
    return new Caller(this.app, token);
  }

  /** Moves the product's clock; what its tokens say of themselves stays with the machine's. */
  forward(milliseconds: number): void {
    this.ahead += milliseconds;
  }

  /** The instance of a provider, also of one that its module keeps to itself. */
  inside<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false });
  }

  get work(): UnitOfWork {
    return this.inside(UnitOfWork);
  }

  tryLogIn<T = Tokens>(base: '/admin/api' | '/api', email: string, password: string): Promise<Answer<T>> {
    return this.nobody.post<T>(`${base}/auth/login`, { email, password });
  }

  /** A console user's tokens. Fails when he is not let in. */
  async logInAdmin({ email, password } = ADMIN): Promise<Tokens> {
    return letIn(await this.tryLogIn('/admin/api', email, password));
  }

  /** A customer user's tokens. Fails when he is not let in. */
  async logIn(email: string, password: string): Promise<Tokens> {
    return letIn(await this.tryLogIn('/api', email, password));
  }
}

function letIn({ status, body }: Answer<Tokens>): Tokens {
  if (status !== 200) throw new Error(`The login answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Migrates, starts, and logs the first admin in. `restrict` may have the product use the migrated database as somebody with fewer rights. */
export async function startProduct(
  environment: Record<string, string> = {},
  restrict = (settings: DatabaseSettings): Promise<DatabaseSettings> => Promise.resolve(settings),
): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'product-'));
  const database = await aMigratedDatabase();
  const read = readEnvironment({
    NODE_ENV: 'test',
    DATA_DIR: folder,
    KEYS_DIR: join(folder, 'keys'),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const configuration = { ...configurationOf(read), database: await restrict(database.settings) };
  await makeKeys(configuration.keys.folder);
  const printing = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const app = await prepare(configuration, 'all');
  printing.mockRestore();
  Object.assign(app.get(JobTimings, { strict: false }), QUICK);
  await app.init();
  const product = new Product(app, configuration, async () => {
    await app.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  product.admin = product.as((await product.logInAdmin()).accessToken);
  return product;
}
