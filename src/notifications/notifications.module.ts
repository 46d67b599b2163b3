import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerUsersModule } from '../customer-users/index.js';
import { OAuthModule } from '../oauth/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { CustomerUserEmailsController } from './customer-user-emails.controller.js';
import { CustomerUserMails } from './customer-user-mails.listener.js';
import { EmailMinute } from './email-minute.entity.js';
import { EmailRow } from './email.entity.js';
import { EmailTemplate, EmailTemplateTranslation } from './email-template.entity.js';
import { EmailTemplatesController } from './email-templates.controller.js';
import { EmailTemplatesRepository } from './email-templates.repository.js';
import { EmailTemplates } from './email-templates.service.js';
import { EmailsController } from './emails.controller.js';
import { Emails } from './emails.service.js';
import { ImportExportMails } from './import-export-mails.listener.js';
import { MailData } from './mail-data.js';
import { OAuthMails } from './oauth-mails.listener.js';
import { Outbox } from './outbox.js';
import { Pace } from './pace.js';
import { NotificationRule } from './notification-rule.entity.js';
import { NotificationRulesRepository } from './notification-rules.repository.js';
import { EmailPermission, EmailTemplatePermission, NotificationRulePermission } from './permissions.js';
import { SealedContext } from './sealed-context.js';
import { SendEmailHandler } from './send-email.handler.js';
import { Sender } from './sender.js';
import { TemplateChecks } from './template-checks.js';
import { TemplateFoundation } from './template-foundation.js';
import { TemplatePreviews } from './template-previews.service.js';
import { TranslationDrafts } from './translation-drafts.js';
import { Addressees } from './addressees.js';
import { ApplicationOccurrences } from './application-occurrences.js';
import { Composer } from './composer.js';
import { ConsentMails } from './consent-mails.listener.js';
import { DryRuns } from './dry-runs.service.js';
import { NotificationRules } from './notification-rules.service.js';
import { Notifier } from './notifier.js';
import { Occurrences } from './occurrences.js';
import { RecordRights } from './record-rights.js';
import { RuleBook } from './rule-book.js';
import { RuleFaults } from './rule-faults.js';
import { RuleFoundation } from './rule-foundation.js';
import { TriedOccurrences } from './tried-occurrences.js';
import { NotificationRulesController } from './notification-rules.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([EmailMinute, EmailRow, EmailTemplate, EmailTemplateTranslation, NotificationRule]),
    CustomerUsersModule,
    OAuthModule,
    OrganizationsModule,
    UsersModule,
  ],
  controllers: [CustomerUserEmailsController, EmailsController, EmailTemplatesController, NotificationRulesController],
  providers: [
    ...contributePermissions(EmailPermission, EmailTemplatePermission, NotificationRulePermission),
    Addressees,
    ApplicationOccurrences,
    Composer,
    ConsentMails,
    DryRuns,
    NotificationRules,
    Notifier,
    Occurrences,
    RecordRights,
    RuleBook,
    RuleFaults,
    RuleFoundation,
    TriedOccurrences,
    CustomerUserMails,
    Emails,
    EmailTemplates,
    EmailTemplatesRepository,
    ImportExportMails,
    MailData,
    NotificationRulesRepository,
    OAuthMails,
    Outbox,
    Pace,
    SealedContext,
    SendEmailHandler,
    Sender,
    TemplateChecks,
    TemplateFoundation,
    TemplatePreviews,
    TranslationDrafts,
  ],
})
export class NotificationsModule {}
