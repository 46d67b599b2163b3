import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomFieldsModule } from '../custom-fields/index.js';
import { CustomersModule } from '../customers/index.js';
import { CustomerUsersModule } from '../customer-users/index.js';
import { ImportExportModule } from '../import-export/index.js';
import { OAuthModule } from '../oauth/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { CustomerUserEmailsController } from './emails/customer-user-emails.controller.js';
import { CustomerUserMails } from './occurrences/customer-user-mails.listener.js';
import { EmailMinute } from './emails/email-minute.entity.js';
import { EmailRow } from './emails/email.entity.js';
import { EmailTemplate, EmailTemplateTranslation } from './email-templates/email-template.entity.js';
import { EmailTemplatesController } from './email-templates/email-templates.controller.js';
import { EmailTemplatesRepository } from './email-templates/email-templates.repository.js';
import { EmailTemplates } from './email-templates/email-templates.service.js';
import { EmailsController } from './emails/emails.controller.js';
import { EmailsOnTimelines } from './emails/emails-on-timelines.js';
import { Emails } from './emails/emails.service.js';
import { ImportExportMails } from './occurrences/import-export-mails.listener.js';
import { MailData } from './emails/mail-data.js';
import { MailsToOthers } from './emails/mails-to-others.js';
import { OAuthMails } from './occurrences/oauth-mails.listener.js';
import { Outbox } from './emails/outbox.js';
import { Pace } from './emails/pace.js';
import { NotificationRule } from './rules/notification-rule.entity.js';
import { NotificationRulesRepository } from './rules/notification-rules.repository.js';
import { EmailPermission, EmailTemplatePermission, NotificationRulePermission } from './permissions.js';
import { SealedContext } from './emails/sealed-context.js';
import { SendEmailHandler } from './emails/send-email.handler.js';
import { Sender } from './emails/sender.js';
import { TemplateChecks } from './email-templates/template-checks.js';
import { TemplateFoundation } from './email-templates/template-foundation.js';
import { TemplatePreviews } from './email-templates/template-previews.service.js';
import { TranslationDrafts } from './email-templates/translation-drafts.js';
import { Addressees } from './rules/addressees.js';
import { ApplicationOccurrences } from './occurrences/application-occurrences.js';
import { Composer } from './composer.js';
import { ConsentMails } from './occurrences/consent-mails.listener.js';
import { EventKnowledge } from './occurrences/event-knowledge.js';
import { EventViews } from './occurrences/event-views.js';
import { DryRuns } from './rules/dry-runs.service.js';
import { NotificationRules } from './rules/notification-rules.service.js';
import { CustomerOccurrences } from './occurrences/customer-occurrences.js';
import { RecordChanges } from './occurrences/record-changes.listener.js';
import { RunOccurrences } from './occurrences/run-occurrences.js';
import { Notifier } from './notifier.js';
import { Occurrences } from './occurrences/occurrences.js';
import { RecordRights } from './occurrences/record-rights.js';
import { RuleBook } from './rules/rule-book.js';
import { RuleFaults } from './rules/rule-faults.js';
import { RuleFoundation } from './rules/rule-foundation.js';
import { TriedOccurrences } from './rules/tried-occurrences.js';
import { NotificationRulesController } from './rules/notification-rules.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([EmailMinute, EmailRow, EmailTemplate, EmailTemplateTranslation, NotificationRule]),
    CustomersModule,
    CustomerUsersModule,
    CustomFieldsModule,
    ImportExportModule,
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
    EventKnowledge,
    EventViews,
    NotificationRules,
    Notifier,
    CustomerOccurrences,
    RecordChanges,
    RunOccurrences,
    Occurrences,
    RecordRights,
    RuleBook,
    RuleFaults,
    RuleFoundation,
    TriedOccurrences,
    CustomerUserMails,
    Emails,
    EmailsOnTimelines,
    EmailTemplates,
    EmailTemplatesRepository,
    ImportExportMails,
    MailData,
    MailsToOthers,
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
