/** The people who work at the merchant, and what they may do. */
export { OwnAccount } from './own-account.service.js';
export { UserFoundation } from './user-foundation.js';
export { UserRoleView } from './user-roles.dto.js';
export { UserSummary, UserView } from './users.dto.js';
export { UserCredentialsChanged, UserRemoved } from './users.events.js';
export { UsersModule } from './users.module.js';
export { UserPermission } from './users.permissions.js';
export { type Standing, userSubjects } from './user-standing.js';
export { Users } from './users.service.js';
