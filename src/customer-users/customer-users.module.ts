import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/index.js';
import { ConsentsModule } from '../consents/index.js';
import { CustomFieldsModule } from '../custom-fields/index.js';
import { CustomersModule } from '../customers/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { RolesModule } from '../roles/index.js';
import { UsersModule } from '../users/index.js';
import { AcceptanceExport } from './acceptances.export.js';
import { AccountData, ProfileData } from './account-data.js';
import { AccountInvitations } from './account-invitations.js';
import { AccountRequests } from './account-requests.js';
import { AccountLinks } from './account-links.js';
import { BulkActs } from './bulk-acts.service.js';
import { BulkChoice } from './bulk-choice.js';
import { Changing } from './changing.js';
import { Confirmations } from './confirmations.service.js';
import { CredentialChanges } from './credential-changes.js';
import { CustomerAdministrators } from './customer-administrators.js';
import { CustomerUserConsentsController } from './customer-user-consents.controller.js';
import { CustomerUserHistoryController } from './customer-user-history.controller.js';
import { CustomerUserAccounts } from './customer-user-accounts.js';
import { CustomerUserPortraits } from './customer-user-portraits.js';
import { CustomerUserPlaces } from './customer-user-places.js';
import { CustomerUserAddressExport } from './customer-user-addresses.export.js';
import { CustomerUserAddressImport } from './customer-user-addresses.import.js';
import { CustomerUserAddressesController } from './customer-user-addresses.controller.js';
import { CustomerUserAddresses } from './customer-user-addresses.service.js';
import { CustomerUserUses } from './customer-user-uses.js';
import { CustomerUserViews } from './customer-user-views.js';
import {
  CustomerUser,
  CustomerUserEmailBlock,
  CustomerUserSalesRepresentative,
  CustomerUserUnpackedEmail,
  CustomerUserWord,
} from './customer-user.entity.js';
import { CustomerUserExport } from './customer-users.export.js';
import { CustomerUserImport } from './customer-users.import.js';
import { CustomerUsersController } from './customer-users.controller.js';
import { DelegatedAddresses } from './delegated-addresses.service.js';
import { DelegatedCustomerUsers } from './delegated-customer-users.service.js';
import { StorefrontAddressesController } from './storefront-addresses.controller.js';
import { StorefrontRolesController } from './storefront-roles.controller.js';
import { StorefrontCustomerUsersController } from './storefront-customer-users.controller.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { CustomerUsers } from './customer-users.service.js';
import { Defaults } from './defaults.js';
import { DelegatedRoles } from './delegated-roles.service.js';
import { DataSubjects } from './data-subjects.js';
import { Drafting } from './drafting.js';
import { Editing } from './editing.js';
import { CustomersWithUsers } from './customers-with-users.js';
import { EffectivePermissionsController } from './effective-permissions.controller.js';
import { EffectivePermissions } from './effective-permissions.service.js';
import { ExplainedTargets } from './explained-targets.js';
import { Explanations } from './explanations.js';
import { EmailAccounts } from './email-accounts.js';
import { EmailChange } from './email-change.entity.js';
import { EmailChanges } from './email-changes.service.js';
import { EmailPagesController } from './email-pages.controller.js';
import { EmailCaseGuard } from './email-case.guard.js';
import { EmailKeys } from './email-keys.js';
import { Erasures } from './erasures.service.js';
import { ExpiredLinks } from './expired-links.js';
import { FormOptions } from './form-options.service.js';
import { HistoryData } from './history-data.js';
import { ImportReferences } from './import-references.js';
import { ImportWriting } from './import-writing.js';
import { LifeCycle } from './life-cycle.service.js';
import { LinkToken } from './link-token.entity.js';
import { LinkTokens } from './link-tokens.js';
import { CompanionsReader } from './companions.js';
import { ListKeys } from './list-keys.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataExports } from './personal-data-exports.service.js';
import { PersonalDataPermission } from './personal-data.permissions.js';
import { Profiles } from './profiles.service.js';
import { References } from './references.js';
import { RenamedCustomers } from './renamed-customers.js';
import { OwnPasswords } from './own-passwords.js';
import { PackedEmails } from './packed-emails.js';
import { PasswordPagesController } from './password-pages.controller.js';
import { PendingEmailController } from './pending-email.controller.js';
import { PendingEmails } from './pending-emails.js';
import { RegistrationRules } from './registration-rules.js';
import { RegistrationWarning } from './registration-warning.entity.js';
import { RegistrationWarnings } from './registration-warnings.js';
import { Registrations } from './registrations.service.js';
import { RoleHolders } from './role-holders.js';
import { RoleMembersController } from './role-members.controller.js';
import { RoleMembers } from './role-members.service.js';
import { RoleMoves } from './role-moves.js';
import { RolePreviewController } from './role-preview.controller.js';
import { RolePreview } from './role-preview.service.js';
import { RepresentedPeople } from './represented-people.js';
import { RequestPagesController } from './request-pages.controller.js';
import { StorefrontMeController } from './storefront-me.controller.js';
import { StorefrontPasswordController } from './storefront-password.controller.js';

@Module({
  imports: [
    AuditModule,
    TypeOrmModule.forFeature([
      CustomerUser,
      CustomerUserSalesRepresentative,
      CustomerUserWord,
      CustomerUserEmailBlock,
      CustomerUserUnpackedEmail,
      EmailChange,
      LinkToken,
      RegistrationWarning,
    ]),
    OrganizationsModule,
    UsersModule,
    CustomFieldsModule,
    CustomersModule,
    RolesModule,
    ConsentsModule,
  ],
  controllers: [
    EmailPagesController,
    PasswordPagesController,
    RequestPagesController,
    CustomerUsersController,
    CustomerUserAddressesController,
    CustomerUserConsentsController,
    PersonalDataController,
    CustomerUserHistoryController,
    PendingEmailController,
    RoleMembersController,
    RolePreviewController,
    EffectivePermissionsController,
    StorefrontMeController,
    StorefrontPasswordController,
    StorefrontCustomerUsersController,
    StorefrontAddressesController,
    StorefrontRolesController,
  ],
  providers: [
    CustomerUsers,
    CustomerUsersRepository,
    CustomerUserPlaces,
    CustomerUserPortraits,
    CustomerUserAddresses,
    CustomerUserUses,
    CustomerUserViews,
    CustomerUserAccounts,
    DelegatedCustomerUsers,
    DelegatedAddresses,
    LifeCycle,
    DataSubjects,
    PersonalDataExports,
    Erasures,
    ProfileData,
    AccountData,
    HistoryData,
    BulkActs,
    BulkChoice,
    FormOptions,
    Defaults,
    Drafting,
    Editing,
    Changing,
    AccountInvitations,
    AccountLinks,
    AccountRequests,
    Confirmations,
    CredentialChanges,
    EmailAccounts,
    EmailChanges,
    OwnPasswords,
    PendingEmails,
    RegistrationRules,
    RegistrationWarnings,
    Registrations,
    Profiles,
    CustomersWithUsers,
    EmailCaseGuard,
    EmailKeys,
    ExpiredLinks,
    LinkTokens,
    References,
    ListKeys,
    RepresentedPeople,
    PackedEmails,
    CompanionsReader,
    CustomerAdministrators,
    DelegatedRoles,
    RoleHolders,
    RoleMembers,
    RoleMoves,
    RolePreview,
    EffectivePermissions,
    ExplainedTargets,
    Explanations,
    RenamedCustomers,
    CustomerUserImport,
    CustomerUserAddressImport,
    CustomerUserAddressExport,
    CustomerUserExport,
    AcceptanceExport,
    ImportReferences,
    ImportWriting,
    ...contributePermissions(CustomerUserPermission, CustomerUserAddressPermission, PersonalDataPermission),
  ],
  exports: [
    AccountLinks,
    Confirmations,
    CustomerUsers,
    CustomerUserAccounts,
    CustomerUserPlaces,
    CustomerUserPortraits,
    CustomerAdministrators,
    DelegatedRoles,
    EmailChanges,
    OwnPasswords,
    RegistrationRules,
    Registrations,
    AccountRequests,
  ],
})
export class CustomerUsersModule {}
