/** The people who act for customers: their records, and their accounts. */
export { CustomerUserAccounts, type Obstacle, type Standing } from './customer-user-accounts.js';
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
export { CustomerUsersModule } from './customer-users.module.js';
export { CustomerUserPermission } from './customer-users.permissions.js';
export { CustomerUsers } from './customer-users.service.js';
export { listKeysOf, wordsIn } from './list-keys.js';
