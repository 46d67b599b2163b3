import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerUsersModule } from '../customer-users/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { CustomerUserMails } from './customer-user-mails.listener.js';
import { EmailRow } from './email.entity.js';
import { EmailsController } from './emails.controller.js';
import { Emails } from './emails.service.js';
import { ImportExportMails } from './import-export-mails.listener.js';
import { MailData } from './mail-data.js';
import { OAuthMails } from './oauth-mails.listener.js';
import { Outbox } from './outbox.js';
import { EmailPermission } from './permissions.js';
import { SealedContext } from './sealed-context.js';
import { SendEmailHandler } from './send-email.handler.js';
import { Sender } from './sender.js';

@Module({
  imports: [TypeOrmModule.forFeature([EmailRow]), CustomerUsersModule, OrganizationsModule, UsersModule],
  controllers: [EmailsController],
  providers: [
    ...contributePermissions(EmailPermission),
    CustomerUserMails,
    Emails,
    ImportExportMails,
    MailData,
    OAuthMails,
    Outbox,
    SealedContext,
    SendEmailHandler,
    Sender,
  ],
})
export class NotificationsModule {}
