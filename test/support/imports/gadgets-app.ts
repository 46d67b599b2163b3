import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ExportFinished, ImportExportModule, ImportFinished } from '../../../src/import-export/index.js';
import { OrganizationsModule } from '../../../src/organizations/index.js';
import { AuthorizationModule, BearerTokens } from '../../../src/platform/authorization/index.js';
import { ClockModule } from '../../../src/platform/clock/index.js';
import { type Configuration, ConfigurationModule, configurationOf, readEnvironment } from '../../../src/platform/config/index.js';
import { ContextModule, CurrentContext, type PermissionMatrix, type Principal } from '../../../src/platform/context/index.js';
import { ContributionsModule } from '../../../src/platform/contributions/index.js';
import { DatabaseModule, dataSourceOptions, openDataSource, UnitOfWork } from '../../../src/platform/database/index.js';
import { createTable, flag, id, json, reference, text } from '../../../src/platform/database/schema.js';
import { EventsModule, ListensTo } from '../../../src/platform/events/index.js';
import { ExpectedFilesModule } from '../../../src/platform/expected-files/index.js';
import { FilesModule } from '../../../src/platform/files/index.js';
import { HistoryModule } from '../../../src/platform/history/index.js';
import { createHttpApplication, createLog, HttpModule } from '../../../src/platform/http/index.js';
import { JobsModule, JobTimings } from '../../../src/platform/jobs/index.js';
import { SecretsModule } from '../../../src/platform/secrets/index.js';
import { Users, UsersModule } from '../../../src/users/index.js';
import { aMigratedDatabase } from '../migrated-database.js';
import { eventually } from '../jobs/eventually.js';
import { QUICK } from '../jobs/jobs-app.js';
import { Gadget, GadgetsModule, Mishaps } from './gadgets.js';
import { type Form, multipart } from './multipart.js';

export interface Answer {
  readonly status: number;
  // The tests know what they asked for.
  readonly body: never;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface ImportAnswer {
  id: number;
  status: string;
  counts: Record<string, number>;
  error: { code: string; detail: string } | null;
  warnings: { column: string; code: string }[];
}

/** Hears what comes of imports and exports. */
@Injectable()
export class Endings {
  readonly heard: (ImportFinished | ExportFinished)[] = [];

  @ListensTo(ImportFinished, ExportFinished)
  hear(event: ImportFinished | ExportFinished): void {
    this.heard.push(event);
  }
}

/** The engine with a profile of the tests, over HTTP, with a database and a data folder of its own. */
export class GadgetsApp {
  principal: Principal;

  private constructor(
    public http: NestFastifyApplication,
    readonly configuration: Configuration,
    private readonly clear: () => Promise<void>,
  ) {}

  static async start(redisUrl?: string): Promise<GadgetsApp> {
    const folder = await mkdtemp(join(tmpdir(), 'imports-'));
    const database = await aMigratedDatabase();
    const environment = readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'silent' });
    const configuration = { ...configurationOf(environment), database: database.settings, queue: { redisUrl } };
    await layTables(configuration);
    const app = new GadgetsApp(await serveGadgets(configuration), configuration, async () => {
      await app.http.close();
      await database.drop();
      await rm(folder, { recursive: true });
    });
    app.principal = await app.aUser('admin@example.com', 'everything');
    return app;
  }

  get work(): UnitOfWork {
    return this.http.get(UnitOfWork);
  }

  get mishaps(): Mishaps {
    return this.http.get(Mishaps, { strict: false });
  }

  get heard(): Endings['heard'] {
    return this.http.get(Endings, { strict: false }).heard;
  }

  /** How far whoever acts at this moment may do something. */
  actingLevel(permission: string): string {
    return this.http.get(CurrentContext).principal().rights.level(permission);
  }

  close(): Promise<void> {
    return this.clear();
  }

  /** A console user of the first organization with a role of his own. */
  async aUser(email: string, matrix: PermissionMatrix | 'everything'): Promise<Principal> {
    const stamps = { createdAt: new Date(), updatedAt: new Date() };
    const existing = await this.work.manager.findOneBy('Organization', {});
    const organizationId = existing
      ? (existing as { id: number }).id
      : await this.insert('Organization', { name: 'Acme', enabled: true, ...stamps });
    const everything = matrix === 'everything';
    const rights = { root: everything ? 'global' : 'none', matrix: everything ? { permissions: {}, capabilities: {} } : matrix };
    const role = { label: email, organizationId: null, organizationKey: 0, ...rights, ...stamps };
    const roleId = await this.insert('UserRole', role);
    const person = { email, emailKey: email, firstName: 'Ryan', lastName: 'Admin', enabled: true, globalAccess: false, passwordHash: null };
    const userId = await this.insert('User', { ...person, organizationId, loginCount: 0, lastLoginAt: null, ...stamps });
    await this.work.manager.insert('UserRoleAssignment', { userId, roleId });
    const standing = await this.http.get(Users, { strict: false }).standing(userId);
    if (!standing || !('principal' in standing)) throw new Error('The user has no standing.');
    return standing.principal;
  }

  async call(method: 'GET' | 'POST', path: string, payload?: object, as: Principal = this.principal): Promise<Answer> {
    return this.inject({ method, url: `/admin/api${path}`, payload }, as);
  }

  async upload(form: Form, headers: Record<string, string> = {}, as: Principal = this.principal): Promise<Answer> {
    const { body, type } = multipart(form);
    return this.inject({ method: 'POST', url: '/admin/api/imports', payload: body, headers: { 'content-type': type, ...headers } }, as);
  }

  /** Imports a file of gadgets to its end. */
  async imported(file: string | Buffer, fields: Form['fields'] = {}, as: Principal = this.principal): Promise<ImportAnswer> {
    const started = await this.upload({ file, fields: { entity: 'gadgets', ...fields } }, {}, as);
    if (started.status !== 201) throw new Error(started.text);
    return this.ended<ImportAnswer>(`/imports/${(started.body as { id: number }).id}`, as);
  }

  /** Polls a run until it is over. */
  async ended<T extends { status: string }>(path: string, as: Principal = this.principal): Promise<T> {
    let found: T | undefined;
    await eventually(
      async () => {
        found = (await this.call('GET', path, undefined, as)).body as T;
        return !['queued', 'validating', 'running'].includes(found.status);
      },
      `${path} ends`,
      60_000,
    );
    return found as T;
  }

  async errors(id: number, query = ''): Promise<Record<string, unknown>[]> {
    return ((await this.call('GET', `/imports/${id}/errors?limit=200${query}`)).body as { items: Record<string, unknown>[] }).items;
  }

  gadgets(): Promise<Gadget[]> {
    return this.work.repository(Gadget).find({ order: { id: 'ASC' } });
  }

  private async insert(entity: string, row: object): Promise<number> {
    const { identifiers } = await this.work.manager.insert(entity, row);
    return Number(identifiers[0]?.['id']);
  }

  private async inject(
    request: { method: 'GET' | 'POST'; url: string; payload?: object; headers?: object },
    as: Principal,
  ): Promise<Answer> {
    this.http.get(LetsIn).principal = as;
    const answer = await this.http.inject({ ...request, headers: { authorization: 'Bearer any', ...request.headers } });
    const { statusCode: status, body: text, headers } = answer;
    const isJson = /[/+]json\b/.test(String(headers['content-type']));
    return { status, text, headers, body: (isJson ? JSON.parse(text) : undefined) as never };
  }
}

/** Stands in for the sessions: lets the bearer of any token in. */
@Injectable()
class LetsIn extends BearerTokens {
  principal: Principal | undefined;

  principalOf(): Promise<Principal | undefined> {
    return Promise.resolve(this.principal);
  }
}

@Module({ providers: [Endings] })
class EndingsModule {}

/** One process of the product in small. */
export async function serveGadgets(configuration: Configuration): Promise<NestFastifyApplication> {
  const options = { settings: configuration.http, log: createLog('silent'), surfaces: [] };
  const http = await createHttpApplication(await rootModule(configuration), options);
  Object.assign(http.get(JobTimings, { strict: false }), QUICK);
  return http.init();
}

async function rootModule(configuration: Configuration): Promise<DynamicModule> {
  return {
    module: class RootModule {},
    imports: [
      ConfigurationModule.for(configuration),
      ...[ClockModule, ContextModule, ContributionsModule, DatabaseModule, SecretsModule, EventsModule, AuthorizationModule],
      ...[FilesModule, ExpectedFilesModule, HistoryModule, HttpModule, OrganizationsModule, UsersModule],
      ...[ImportExportModule, GadgetsModule, EndingsModule],
      await JobsModule.for({ queue: configuration.queue, role: 'all' }),
    ],
    providers: [LetsIn],
  };
}

async function layTables(configuration: Configuration): Promise<void> {
  const source = await openDataSource(dataSourceOptions(configuration.database));
  const runner = source.createQueryRunner();
  await createTable(runner, 'gadgets', {
    columns: [id(), reference('owner_id'), text('code', 50), text('name', 255), flag('active'), json('tags')],
    unique: { uq_gadgets_code: ['code'] },
  });
  await runner.release();
  await source.destroy();
}
