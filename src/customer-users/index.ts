/** The people who act for customers: their records, and their accounts. */
export { AccountLinks } from './accounts/account-links.js';
export { AccountRequests } from './accounts/account-requests.js';
export { DelegatedRoles } from './roles/delegated-roles.service.js';
export { Confirmations } from './accounts/confirmations.service.js';
export { type Credentials, CustomerUserAccounts, customerUserSubjects, type Standing } from './accounts/customer-user-accounts.js';
export { CustomerUserPortraits } from './customer-user-portraits.js';
export { CustomerUserChanges } from './customer-user-changes.js';
export { CustomerUserPlaces } from './customer-user-places.js';
export { CustomerUserUse } from './customer-user-use.js';
export { CustomerUserView } from './customer-users.dto.js';
export {
  CustomerUserConfirmationRequested,
  CustomerUserCreated,
  CustomerUserCredentialsChanged,
  CustomerUserEmailChangeAgreed,
  CustomerUserEmailChanged,
  CustomerUserEmailChangeRequested,
  CustomerUserInvited,
  CustomerUserPasswordForgotten,
  CustomerUserPasswordResetForced,
  CustomerUserRegisteredAgain,
  CustomerUserRemoved,
  CustomerUserWelcomed,
} from './customer-users.events.js';
export { PasswordLoginOff } from './customer-users.errors.js';
export { CustomerUsersModule } from './customer-users.module.js';
export { CustomerUserPermission } from './customer-users.permissions.js';
export { CustomerUsers } from './customer-users.service.js';
export { listKeysOf, wordsIn } from './lists/list-keys.js';
export { PackedEmails } from './lists/packed-emails.js';
export { EmailChanges } from './accounts/email-changes.service.js';
export { OpenLinks } from './accounts/open-links.js';
export { OwnPasswords } from './accounts/own-passwords.js';
export { RegistrationRules } from './accounts/registration-rules.js';
export {
  AccountRequest,
  ConfirmationToken,
  RegistrationDraft,
  RegistrationFormView,
  RequestTakenView,
} from './accounts/registration.dto.js';
export { Registrations } from './accounts/registrations.service.js';
