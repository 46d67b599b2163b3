/** The people who act for customers: their records, and their accounts. */
export { type Obstacle } from './acting-person.js';
export { AccountLinks } from './account-links.js';
export { AccountRequests } from './account-requests.js';
export { CustomerAdministrators } from './customer-administrators.js';
export { DelegatedRoles } from './delegated-roles.service.js';
export { Confirmations } from './confirmations.service.js';
export { type Credentials, CustomerUserAccounts, customerUserSubjects, type Standing } from './customer-user-accounts.js';
export { type CustomerUserPortrait, CustomerUserPortraits } from './customer-user-portraits.js';
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
  CustomerUserWelcomed,
} from './customer-users.events.js';
export { PasswordLoginOff } from './customer-users.errors.js';
export { CustomerUsersModule } from './customer-users.module.js';
export { CustomerUserPermission } from './customer-users.permissions.js';
export { CustomerUsers } from './customer-users.service.js';
export { listKeysOf, wordsIn } from './list-keys.js';
export { PackedEmails } from './packed-emails.js';
export { EmailChanges, type EmailChangeStatus } from './email-changes.service.js';
export { OwnPasswords } from './own-passwords.js';
export { RegistrationRules } from './registration-rules.js';
export { AccountRequest, ConfirmationToken, RegistrationDraft, RegistrationFormView, RequestTakenView } from './registration.dto.js';
export { Registrations } from './registrations.service.js';
