/** Roles of customer users: what each allows, and who has which. */
export { type Customization, CustomizedRoles } from './customized-roles.service.js';
export { CustomerUserRoles } from './customer-user-roles.service.js';
export { GivenRole } from './given-role.js';
export { PermissionCatalogView } from './permission-catalog.dto.js';
export { RoleAssignments } from './role-assignments.service.js';
export { RoleCeiling } from './role-ceiling.js';
export { RoleEditing } from './role-editing.service.js';
export { CustomerUserRoleCustomized, CustomerUserRoleGivenToCustomer, CustomerUserRolesChanged } from './roles.events.js';
export { MatrixView, RoleDraft, RoleMatrix, RoleMatrixView, RoleSummary, RoleView } from './roles.dto.js';
export { roleListing } from './roles.listing.js';
export { RolesModule } from './roles.module.js';
export { RolePermission, UpdateOwnProfile } from './roles.permissions.js';
