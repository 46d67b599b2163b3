import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsentsModule } from '../consents/index.js';
import { CustomFieldsModule } from '../custom-fields/index.js';
import { CustomersModule } from '../customers/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { RolesModule } from '../roles/index.js';
import { UsersModule } from '../users/index.js';
import { AccountInvitations } from './account-invitations.js';
import { AccountPagesController } from './account-pages.controller.js';
import { BulkActs } from './bulk-acts.service.js';
import { BulkChoice } from './bulk-choice.js';
import { Changing } from './changing.js';
import { CustomerUserConsentsController } from './customer-user-consents.controller.js';
import { CustomerUserAccounts } from './customer-user-accounts.js';
import { CustomerUserPlaces } from './customer-user-places.js';
import { CustomerUserAddressesController } from './customer-user-addresses.controller.js';
import { CustomerUserAddresses } from './customer-user-addresses.service.js';
import { CustomerUserUses } from './customer-user-uses.js';
import { CustomerUserViews } from './customer-user-views.js';
import { CustomerUser, CustomerUserSalesRepresentative, CustomerUserWord } from './customer-user.entity.js';
import { CustomerUserExport } from './customer-users.export.js';
import { CustomerUserImport } from './customer-users.import.js';
import { CustomerUsersController } from './customer-users.controller.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { CustomerUsers } from './customer-users.service.js';
import { Defaults } from './defaults.js';
import { Drafting } from './drafting.js';
import { Editing } from './editing.js';
import { CustomersWithUsers } from './customers-with-users.js';
import { EmailCaseGuard } from './email-case.guard.js';
import { EmailKeys } from './email-keys.js';
import { ExpiredLinks } from './expired-links.js';
import { FormOptions } from './form-options.service.js';
import { ImportReferences } from './import-references.js';
import { ImportWriting } from './import-writing.js';
import { LifeCycle } from './life-cycle.service.js';
import { LinkToken } from './link-token.entity.js';
import { LinkTokens } from './link-tokens.js';
import { ListKeys } from './list-keys.js';
import { Profiles } from './profiles.service.js';
import { References } from './references.js';
import { RenamedCustomers } from './renamed-customers.js';
import { StorefrontMeController } from './storefront-me.controller.js';
import { StorefrontPasswordController } from './storefront-password.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CustomerUser, CustomerUserSalesRepresentative, CustomerUserWord, LinkToken]),
    OrganizationsModule,
    UsersModule,
    CustomFieldsModule,
    CustomersModule,
    RolesModule,
    ConsentsModule,
  ],
  controllers: [
    AccountPagesController,
    CustomerUsersController,
    CustomerUserAddressesController,
    CustomerUserConsentsController,
    StorefrontMeController,
    StorefrontPasswordController,
  ],
  providers: [
    CustomerUsers,
    CustomerUsersRepository,
    CustomerUserPlaces,
    CustomerUserAddresses,
    CustomerUserUses,
    CustomerUserViews,
    CustomerUserAccounts,
    LifeCycle,
    BulkActs,
    BulkChoice,
    FormOptions,
    Defaults,
    Drafting,
    Editing,
    Changing,
    AccountInvitations,
    Profiles,
    CustomersWithUsers,
    EmailCaseGuard,
    EmailKeys,
    ExpiredLinks,
    LinkTokens,
    References,
    ListKeys,
    RenamedCustomers,
    CustomerUserImport,
    CustomerUserExport,
    ImportReferences,
    ImportWriting,
    ...contributePermissions(CustomerUserPermission, CustomerUserAddressPermission),
  ],
  exports: [CustomerUsers, CustomerUserAccounts, CustomerUserPlaces],
})
export class CustomerUsersModule {}
