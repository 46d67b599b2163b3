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
import { AcceptanceExport } from './files/acceptances.export.js';
import { AccountData, ProfileData } from './personal-data/account-data.js';
import { AccountInvitations } from './accounts/account-invitations.js';
import { AccountRequests } from './accounts/account-requests.js';
import { AccountLinks } from './accounts/account-links.js';
import { BulkActs } from './bulk/bulk-acts.service.js';
import { BulkChoice } from './bulk/bulk-choice.js';
import { Changing } from './changing.js';
import { Confirmations } from './accounts/confirmations.service.js';
import { CredentialChanges } from './accounts/credential-changes.js';
import { CustomerAdministrators } from './roles/customer-administrators.js';
import { CustomerUserChanges } from './customer-user-changes.js';
import { CustomerUserConsentsController } from './customer-user-consents.controller.js';
import { CustomerUserHistoryController } from './customer-user-history.controller.js';
import { CustomerUserAccounts } from './accounts/customer-user-accounts.js';
import { CustomerUserPortraits } from './customer-user-portraits.js';
import { ConsentingCustomerUsers } from './consenting-customer-users.js';
import { CustomerUserPlaces } from './customer-user-places.js';
import { CustomerUserAddressExport } from './addresses/customer-user-addresses.export.js';
import { CustomerUserAddressImport } from './addresses/customer-user-addresses.import.js';
import { CustomerUserAddressesController } from './addresses/customer-user-addresses.controller.js';
import { CustomerUserAddresses } from './addresses/customer-user-addresses.service.js';
import { CustomerUserUses } from './customer-user-uses.js';
import { CustomerUserViews } from './customer-user-views.js';
import {
  CustomerUser,
  CustomerUserEmailBlock,
  CustomerUserSalesRepresentative,
  CustomerUserUnpackedEmail,
  CustomerUserWord,
} from './customer-user.entity.js';
import { CustomerUserExport } from './files/customer-users.export.js';
import { CustomerUserImport } from './files/customer-users.import.js';
import { CustomerUsersController } from './customer-users.controller.js';
import { DelegatedAddresses } from './addresses/delegated-addresses.service.js';
import { DelegatedCustomerUsers } from './delegated-customer-users.service.js';
import { StorefrontAddressesController } from './addresses/storefront-addresses.controller.js';
import { StorefrontRolesController } from './roles/storefront-roles.controller.js';
import { StorefrontCustomerUsersController } from './storefront-customer-users.controller.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { CustomerUsers } from './customer-users.service.js';
import { Defaults } from './defaults.js';
import { DelegatedRoles } from './roles/delegated-roles.service.js';
import { DataSubjects } from './personal-data/data-subjects.js';
import { Drafting } from './drafting.js';
import { Editing } from './editing.js';
import { CustomersWithUsers } from './customers-with-users.js';
import { EffectivePermissionsController } from './roles/effective-permissions.controller.js';
import { EffectivePermissions } from './roles/effective-permissions.service.js';
import { ExplainedTargets } from './roles/explained-targets.js';
import { Explanations } from './roles/explanations.js';
import { EmailAccounts } from './accounts/email-accounts.js';
import { EmailChange } from './accounts/email-change.entity.js';
import { EmailChanges } from './accounts/email-changes.service.js';
import { EmailPagesController } from './accounts/email-pages.controller.js';
import { EmailCaseGuard } from './email-case.guard.js';
import { EmailKeys } from './lists/email-keys.js';
import { Erasures } from './personal-data/erasures.service.js';
import { ExpiredLinks } from './accounts/expired-links.js';
import { FormOptions } from './form-options.service.js';
import { HistoryData } from './personal-data/history-data.js';
import { ImportReferences } from './files/import-references.js';
import { ImportWriting } from './files/import-writing.js';
import { LifeCycle } from './life-cycle.service.js';
import { LinkToken } from './accounts/link-token.entity.js';
import { LinkTokens } from './accounts/link-tokens.js';
import { OpenLinks } from './accounts/open-links.js';
import { CompanionsReader } from './lists/companions.js';
import { ListKeys } from './lists/list-keys.js';
import { KeptAnswers } from './personal-data/kept-answers.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { PersonalDataExports } from './personal-data/personal-data-exports.service.js';
import { PersonalDataPermission } from './personal-data/personal-data.permissions.js';
import { Profiles } from './accounts/profiles.service.js';
import { References } from './references.js';
import { RenamedCustomers } from './lists/renamed-customers.js';
import { OwnPasswords } from './accounts/own-passwords.js';
import { PackedEmails } from './lists/packed-emails.js';
import { PasswordPagesController } from './accounts/password-pages.controller.js';
import { PendingEmailController } from './accounts/pending-email.controller.js';
import { PendingEmails } from './accounts/pending-emails.js';
import { ProfileReader } from './accounts/profile-reader.js';
import { RegistrationRules } from './accounts/registration-rules.js';
import { RegistrationWarning } from './accounts/registration-warning.entity.js';
import { RegistrationWarnings } from './accounts/registration-warnings.js';
import { Registrations } from './accounts/registrations.service.js';
import { RoleHolders } from './roles/role-holders.js';
import { RoleMembersController } from './roles/role-members.controller.js';
import { RoleMembers } from './roles/role-members.service.js';
import { RoleMoves } from './roles/role-moves.js';
import { RolePreviewController } from './roles/role-preview.controller.js';
import { RolePreview } from './roles/role-preview.service.js';
import { RepresentedPeople } from './lists/represented-people.js';
import { RequestPagesController } from './accounts/request-pages.controller.js';
import { StorefrontMeController } from './accounts/storefront-me.controller.js';
import { StorefrontPasswordController } from './accounts/storefront-password.controller.js';

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
    ConsentingCustomerUsers,
    CustomerUserPlaces,
    CustomerUserChanges,
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
    KeptAnswers,
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
    ProfileReader,
    RegistrationRules,
    RegistrationWarnings,
    Registrations,
    Profiles,
    CustomersWithUsers,
    EmailCaseGuard,
    EmailKeys,
    ExpiredLinks,
    LinkTokens,
    OpenLinks,
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
    CustomerUserChanges,
    CustomerUserPortraits,
    DelegatedRoles,
    EmailChanges,
    OpenLinks,
    OwnPasswords,
    RegistrationRules,
    Registrations,
    AccountRequests,
  ],
})
export class CustomerUsersModule {}
