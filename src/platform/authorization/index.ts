export { AboveOwnRights, type Excess, excessOf, excessOver, type Holds } from './above-own-rights.js';
export { AccessGuard, requirePermission, SIDE } from './access.guard.js';
export { type AccessRule, accessRuleOf, Authenticated, Public, RequirePermission } from './access-rules.js';
export { AuthorizationModule } from './authorization.module.js';
export { BearerTokens } from './bearer-tokens.js';
export { defaultOwner, makesOwn, ownerFaults } from './ownership.js';
export { PermissionCatalog } from './permission-catalog.js';
export {
  type Action,
  ACTIONS,
  contributePermissions,
  defineCapability,
  definePermissions,
  EntityPermissions,
  EVERY_LEVEL,
  type EntityPermission,
  type Permission,
  PERMISSION_GROUPS,
  type PermissionGroup,
} from './permissions.js';
export { within } from './reach.js';
export { ReachedRows } from './reached-rows.js';
export { StoredPermissions, type StoredRole, StoredRoles } from './stored-permissions.js';
export { type StoredMatrix, StoredRights } from './stored-rights.js';
export { PermissionMissing, ScopeMissing, TokenMissing, TokenRefused, TokenRepeated } from './token-refused.js';
