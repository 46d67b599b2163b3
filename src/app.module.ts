import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/index.js';
import { ConsentsModule } from './consents/index.js';
import { CustomFieldsModule } from './custom-fields/index.js';
import { CustomerUsersModule } from './customer-users/index.js';
import { CustomersModule } from './customers/index.js';
import { FirstStart } from './first-start.js';
import { ImportExportModule } from './import-export/index.js';
import { NotificationsModule } from './notifications/index.js';
import { OAuthModule } from './oauth/index.js';
import { OrganizationsModule } from './organizations/index.js';
import { AuthorizationModule } from './platform/authorization/index.js';
import { ClockModule } from './platform/clock/index.js';
import { type Configuration, ConfigurationModule } from './platform/config/index.js';
import { ContextModule } from './platform/context/index.js';
import { ContributionsModule } from './platform/contributions/index.js';
import { DatabaseModule } from './platform/database/index.js';
import { EventsModule } from './platform/events/index.js';
import { ExpectedFilesModule } from './platform/expected-files/index.js';
import { FilesModule } from './platform/files/index.js';
import { HistoryModule } from './platform/history/index.js';
import { HttpModule } from './platform/http/index.js';
import { type JobRole, JobsModule } from './platform/jobs/index.js';
import { MailModule } from './platform/mail/index.js';
import { SecretsModule } from './platform/secrets/index.js';
import { RevisionsModule } from './platform/revisions/index.js';
import { RecordsModule } from './records/index.js';
import { RolesModule } from './roles/index.js';
import { SessionsModule } from './sessions/index.js';
import { UsersModule } from './users/index.js';

@Module({})
export class AppModule {
  /** The whole product. The role says which jobs run in this process: a worker and the HTTP processes share everything else. */
  static async for(configuration: Configuration, role: JobRole): Promise<DynamicModule> {
    const platform = [
      ConfigurationModule.for(configuration),
      ClockModule,
      ContextModule,
      ContributionsModule,
      DatabaseModule,
      EventsModule,
      FilesModule,
      ExpectedFilesModule,
      MailModule,
      SecretsModule,
      HistoryModule,
      RevisionsModule.for(configuration.queue),
      AuthorizationModule,
      HttpModule,
    ];
    const features = [
      OrganizationsModule,
      AuditModule,
      CustomFieldsModule,
      UsersModule,
      CustomersModule,
      RolesModule,
      ConsentsModule,
      ImportExportModule,
      CustomerUsersModule,
      SessionsModule,
      OAuthModule,
      RecordsModule,
      NotificationsModule,
    ];
    return {
      module: AppModule,
      // Jobs come last: what they need is ready when they begin to run.
      imports: [...platform, ...features, await JobsModule.for({ queue: configuration.queue, role })],
      providers: [FirstStart],
    };
  }
}
