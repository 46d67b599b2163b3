import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Global, Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConsentAccepted, ConsentLedger, ConsentsModule, type ConsentView, ConsentWithdrawn } from '../../src/consents/index.js';
import { Localizations, Organizations, OrganizationsModule, Websites } from '../../src/organizations/index.js';
import { AuthorizationModule, BearerTokens } from '../../src/platform/authorization/index.js';
import { Clock, ClockModule, Random } from '../../src/platform/clock/index.js';
import { type Configuration, ConfigurationModule, configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { ContextModule, type Principal, Rights } from '../../src/platform/context/index.js';
import { ContributionsModule } from '../../src/platform/contributions/index.js';
import { DatabaseModule, UnitOfWork } from '../../src/platform/database/index.js';
import { EventsModule, ListensTo } from '../../src/platform/events/index.js';
import { HistoryModule } from '../../src/platform/history/index.js';
import { createHttpApplication, createLog, HttpModule } from '../../src/platform/http/index.js';
import { JobsModule } from '../../src/platform/jobs/index.js';
import { SecretsModule } from '../../src/platform/secrets/index.js';
import { aMigratedDatabase } from './migrated-database.js';
import { TestClock } from './jobs/test-clock.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A page of a list. */
export interface Listed<T> {
  items: T[];
  page: { limit: number; next: string | null };
}

export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** What a call answers; the body is read as the test expects it. */
export interface Answer<T> {
  status: number;
  body: T;
  headers: Record<string, unknown>;
}

/** A problem, as far as tests look at it. */
export interface Refused {
  code: string;
  errors?: { pointer: string; code: string }[];
}

export const anAdmin = (organizationId: number, rights: Record<string, 'organization' | 'none'> = {}): Principal => ({
  side: 'backend',
  type: 'user',
  id: 1,
  name: 'Ryan Admin',
  organizationId,
  globalAccess: false,
  rights: new Rights([
    {
      permissions: { consent: { view: 'organization', create: 'organization', edit: 'organization', delete: 'organization', ...rights } },
      capabilities: {},
    },
  ]),
});

export const aBuyer = (organizationId: number, id = 7): Principal => ({
  side: 'storefront',
  type: 'customer-user',
  id,
  name: `Buyer ${id}`,
  organizationId,
  globalAccess: false,
  rights: new Rights([]),
});

const CLEARED = [
  'consent_ledger_origins',
  'consent_ledger_heads',
  'consent_ledger',
  'consent_translations',
  'consent_versions',
  'consent_websites',
  'consent_placements',
  'consents',
  'settings',
  'history_entries',
];

/** Hears what is told of consents, and can refuse to. */
@Injectable()
export class Hearer {
  readonly heard: object[] = [];
  failure?: Error;

  @ListensTo(ConsentAccepted, ConsentWithdrawn)
  hear(event: ConsentAccepted | ConsentWithdrawn): void {
    if (this.failure) throw this.failure;
    this.heard.push(event);
  }
}

/** Consents with what they stand on, over HTTP, in a database of their own with one organization, and another. */
export class ConsentsApp {
  organizationId: number;
  otherOrganizationId: number;
  websiteId: number;
  secondWebsiteId: number;
  germanId: number;
  private readonly startedAt = this.clock.now().getTime();

  private constructor(
    readonly http: NestFastifyApplication,
    readonly clock: TestClock,
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<ConsentsApp> {
    const folder = await mkdtemp(join(tmpdir(), 'consents-'));
    const database = await aMigratedDatabase();
    const environment = readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'silent' });
    const configuration = { ...configurationOf(environment), database: database.settings };
    const clock = new TestClock();
    const module = await rootModule(configuration, clock);
    const http = await createHttpApplication(module, { settings: configuration.http, log: createLog('silent'), surfaces: [] });
    await http.init();
    const app = new ConsentsApp(http, clock, async () => {
      await http.close();
      await database.drop();
      await rm(folder, { recursive: true });
    });
    await app.furnish();
    return app;
  }

  get ledger(): ConsentLedger {
    return this.http.get(ConsentLedger, { strict: false });
  }

  get hearer(): Hearer {
    return this.http.get(Hearer);
  }

  get work(): UnitOfWork {
    return this.http.get(UnitOfWork);
  }

  async call<T = Refused>(
    caller: Principal | undefined,
    method: Method,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const authorization = caller ? { authorization: `Bearer ${this.http.get(Callers).tokenOf(caller)}` } : {};
    const base = caller?.side === 'backend' ? '/admin/api' : '/api';
    const answer = await this.http.inject({ method, url: `${base}${path}`, headers: { ...authorization, ...headers }, payload: body });
    return { status: answer.statusCode, body: (answer.body === '' ? {} : JSON.parse(answer.body)) as T, headers: answer.headers };
  }

  /** Runs a statement that is the same in every database. */
  execute(sql: string): Promise<unknown> {
    return this.work.manager.query(sql);
  }

  /** A consent that an admin creates. */
  async aConsent(draft: object = {}): Promise<ConsentView> {
    const body = { name: 'Terms', text: 'Be kind.', ...draft };
    return (await this.call<ConsentView>(anAdmin(this.organizationId), 'POST', '/consents', body)).body;
  }

  /** What a consent says in English and German. */
  wordings() {
    const translations = [
      { localizationId: null, name: 'Terms', text: 'Be kind.' },
      { localizationId: this.germanId, name: 'Bedingungen', text: 'Sei nett.' },
    ];
    return { name: undefined, text: undefined, translations };
  }

  /** As it was after the start. */
  async clear(): Promise<void> {
    for (const table of CLEARED) await this.execute(`DELETE FROM ${table}`);
    await this.execute('DELETE FROM localizations WHERE parent_id IS NOT NULL');
    this.clock.forward(this.startedAt - this.clock.now().getTime());
    this.hearer.heard.length = 0;
    this.hearer.failure = undefined;
  }

  /** A column whose name is a word of SQL. */
  quote(column: string): string {
    return this.work.manager.connection.driver.escape(column);
  }

  private async furnish(): Promise<void> {
    const [organizations, websites, localizations] = [this.inside(Organizations), this.inside(Websites), this.inside(Localizations)];
    const english = async (organizationId: number) => (await websites.getDefault(organizationId)).defaultLocalizationId;
    this.organizationId = (await organizations.found({ name: 'Acme' })).id;
    this.otherOrganizationId = (await organizations.found({ name: 'Other' })).id;
    this.germanId = (await localizations.add(this.organizationId, { name: 'German', languageCode: 'de' })).id;
    this.websiteId = (await websites.getDefault(this.organizationId)).id;
    const offered = await english(this.organizationId);
    const second = await websites.add({
      organizationId: this.organizationId,
      name: 'Second',
      url: 'https://second.example',
      isDefault: false,
      localizationIds: [offered],
      defaultLocalizationId: offered,
      defaultRoleId: null,
      guestRoleId: null,
    });
    this.secondWebsiteId = second.id;
  }

  private inside<T>(type: new (...parameters: never[]) => T): T {
    return this.http.get<T>(type, { strict: false });
  }
}

/** Stands in for the sessions: each caller has a token of his own. */
@Injectable()
class Callers extends BearerTokens {
  private readonly callers: Principal[] = [];

  tokenOf(caller: Principal): string {
    if (!this.callers.includes(caller)) this.callers.push(caller);
    return String(this.callers.indexOf(caller));
  }

  principalOf(token: string): Promise<Principal | undefined> {
    return Promise.resolve(this.callers[Number(token)]);
  }
}

async function rootModule(configuration: Configuration, clock: Clock): Promise<DynamicModule> {
  @Global()
  @Module({ providers: [{ provide: Clock, useValue: clock }, Random], exports: [Clock, Random] })
  class TimeModule extends ClockModule {}

  return {
    module: class RootModule {},
    imports: [
      ConfigurationModule.for(configuration),
      TimeModule,
      ContextModule,
      ContributionsModule,
      DatabaseModule,
      SecretsModule,
      EventsModule,
      HistoryModule,
      AuthorizationModule,
      HttpModule,
      OrganizationsModule,
      ConsentsModule,
      await JobsModule.for({ queue: configuration.queue, role: 'all' }),
    ],
    providers: [Hearer, Callers],
  };
}
