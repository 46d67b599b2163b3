/** The people who work at the merchant, and what they may do. */
export { UserSummary, UserView } from './users.dto.js';
export { UsersModule } from './users.module.js';
export { UserPermission } from './users.permissions.js';
export { type Standing, Users } from './users.service.js';
