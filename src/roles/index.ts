/** Roles of customer users: what each allows, and who has which. */
export { CustomerUserRoles } from './customer-user-roles.service.js';
export { RoleAssignments } from './role-assignments.service.js';
export { CustomerUserRolesChanged } from './roles.events.js';
export { MatrixView, RoleSummary, RoleView } from './roles.dto.js';
export { RolesModule } from './roles.module.js';
export { RolePermission, UpdateOwnProfile } from './roles.permissions.js';
