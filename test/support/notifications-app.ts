import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Global, Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ParsedMail } from 'mailparser';
import { ImportExportModule } from '../../src/import-export/index.js';
import { NotificationsModule } from '../../src/notifications/index.js';
import { Outbox } from '../../src/notifications/emails/outbox.js';
import { AuthorizationModule, BearerTokens } from '../../src/platform/authorization/index.js';
import { Clock, ClockModule, Random } from '../../src/platform/clock/index.js';
import { type Configuration, ConfigurationModule, configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { ContextModule, type Level, type Principal, Rights } from '../../src/platform/context/index.js';
import { ContributionsModule } from '../../src/platform/contributions/index.js';
import { DatabaseModule, UnitOfWork } from '../../src/platform/database/index.js';
import { EventsModule } from '../../src/platform/events/index.js';
import { ExpectedFilesModule } from '../../src/platform/expected-files/index.js';
import { FilesModule } from '../../src/platform/files/index.js';
import { createHttpApplication, createLog, HttpModule } from '../../src/platform/http/index.js';
import { HistoryModule } from '../../src/platform/history/index.js';
import { JobsModule, JobTimings } from '../../src/platform/jobs/index.js';
import { MailModule } from '../../src/platform/mail/index.js';
import { RevisionsModule } from '../../src/platform/revisions/index.js';
import { SecretsModule } from '../../src/platform/secrets/index.js';
import { RecordsModule } from '../../src/records/index.js';
import { messagesIn } from './mails.js';
import { aMigratedDatabase } from './migrated-database.js';
import { QUICK } from './jobs/jobs-app.js';
import { TestClock } from './jobs/test-clock.js';

/** The same for all, so that one process opens what another one sealed. */
const SESSION_SECRET = 'Only-of-tests-and-of-nobody-else-1234567890';

/** A caller with a level of the permissions to view and to resend mails. */
export const anAdmin = (organizationId: number, view: Level = 'organization', edit: Level = view): Principal => ({
  side: 'backend',
  type: 'user',
  id: 1,
  name: 'Ryan Admin',
  organizationId,
  globalAccess: false,
  rights: new Rights([{ permissions: { email: { view, edit } }, capabilities: {} }]),
});

/** Notifications with what they stand on, over HTTP, in a database and a data folder of their own. */
export class NotificationsApp {
  readonly organizationIds: number[] = [];

  private constructor(
    readonly http: NestFastifyApplication,
    readonly clock: TestClock,
    private readonly configuration: Configuration,
    private readonly clear: () => Promise<void>,
  ) {}

  /** `beside`: another process on the database, and by the clock, of one that is closed later. */
  static async start({ smtpUrl, beside }: { smtpUrl?: string; beside?: NotificationsApp } = {}): Promise<NotificationsApp> {
    const folder = await mkdtemp(join(tmpdir(), 'notifications-'));
    const database = beside ? { settings: beside.configuration.database, drop: () => Promise.resolve() } : await aMigratedDatabase();
    const environment = readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder, SMTP_URL: smtpUrl, LOG_LEVEL: 'silent', SESSION_SECRET });
    const configuration = { ...configurationOf(environment), database: database.settings };
    const clock = beside?.clock ?? new TestClock();
    const http = await createHttpApplication(rootModule(configuration, clock), {
      settings: configuration.http,
      log: createLog('silent'),
      surfaces: [],
    });
    Object.assign(http.get(JobTimings, { strict: false }), QUICK);
    await http.init();
    const app = new NotificationsApp(http, clock, configuration, async () => {
      await http.close();
      await database.drop();
      await rm(folder, { recursive: true });
    });
    if (!beside) await app.addOrganizations();
    return app;
  }

  get outbox(): Outbox {
    return this.http.get(Outbox, { strict: false });
  }

  get work(): UnitOfWork {
    return this.http.get(UnitOfWork);
  }

  get organizationId(): number {
    return this.organizationIds[0] ?? 0;
  }

  /** A console user of the first organization; answers his id. */
  async addUser(firstName: string, lastName: string, email: string): Promise<number> {
    const now = this.clock.now();
    const standing = {
      organizationId: this.organizationId,
      enabled: true,
      globalAccess: false,
      loginCount: 0,
      createdAt: now,
      updatedAt: now,
    };
    const { identifiers } = await this.work.manager.insert('User', { ...standing, firstName, lastName, email, emailKey: email });
    return Number(identifiers[0]?.['id']);
  }

  /** A customer user of the website `Acme Supplies`; answers his id. */
  async addCustomerUser(firstName: string, lastName: string, email: string): Promise<number> {
    const { organizationId } = this;
    const now = this.clock.now();
    const common = { organizationId, createdAt: now, updatedAt: now };
    const insert = async (entity: string, values: object) =>
      Number((await this.work.manager.insert(entity, { ...common, ...values })).identifiers[0]?.['id']);
    const defaultLocalizationId = await insert('Localization', { name: 'English', languageCode: 'en', parentId: null });
    const websiteId = await insert('Website', {
      name: 'Acme Supplies',
      url: 'https://shop.example.com',
      isDefault: true,
      defaultLocalizationId,
    });
    const customerId = await insert('Customer', { name: 'Northwind Ltd' });
    const standing = { enabled: true, confirmed: true, guest: false, passwordStatus: 'unset', credentialEpoch: 0, loginCount: 0 };
    const person = { firstName, lastName, email, emailLower: email, uniqueEmail: email, customerId, websiteId };
    const keys = { firstNameLower: firstName, lastNameLower: lastName, customerNameLower: 'northwind ltd', searchWords: ' northwind ' };
    return insert('CustomerUser', { ...standing, ...person, ...keys });
  }

  async call(principal: Principal, method: 'GET' | 'POST', path: string, headers: Record<string, string> = {}) {
    this.http.get(LetsIn).principal = principal;
    const {
      statusCode,
      body,
      headers: answered,
    } = await this.http.inject({
      method,
      url: `/admin/api${path}`,
      headers: { authorization: 'Bearer any', ...headers },
    });
    return { status: statusCode, body: JSON.parse(body) as never, text: body, headers: answered };
  }

  /** The mails in the outbox folder, oldest first. */
  written(): Promise<ParsedMail[]> {
    return messagesIn(this.configuration.mail.outbox);
  }

  /** Every row of a table, as text: what somebody reads who has the database. */
  async dump(table: string): Promise<string> {
    return JSON.stringify(await this.work.manager.query(`SELECT * FROM ${table}`));
  }

  close(): Promise<void> {
    return this.clear();
  }

  private async addOrganizations(): Promise<void> {
    const now = this.clock.now();
    for (const name of ['Acme', 'Other']) {
      const { identifiers } = await this.work.manager.insert('Organization', { name, enabled: true, createdAt: now, updatedAt: now });
      this.organizationIds.push(Number(identifiers[0]?.['id']));
    }
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

function rootModule(configuration: Configuration, clock: Clock): DynamicModule {
  @Global()
  @Module({ providers: [{ provide: Clock, useValue: clock }, Random], exports: [Clock, Random] })
  class TimeModule extends ClockModule {}

  const platform = [
    HistoryModule,
    ContextModule,
    ContributionsModule,
    DatabaseModule,
    SecretsModule,
    EventsModule,
    AuthorizationModule,
    MailModule,
    HttpModule,
  ];
  return {
    module: class RootModule {},
    imports: [
      ConfigurationModule.for(configuration),
      TimeModule,
      RevisionsModule.for(configuration.queue),
      ...platform,
      FilesModule,
      ExpectedFilesModule,
      ImportExportModule,
      RecordsModule,
      NotificationsModule,
      JobsModule.for({ queue: configuration.queue, role: 'all' }),
    ],
    providers: [LetsIn],
  };
}
