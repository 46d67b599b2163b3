export { type Context, CurrentContext } from './context.js';
export { ContextModule } from './context.module.js';
export type { Principal } from './principal.js';
export { type Level, LEVELS, type PermissionMatrix, reaches, Rights, type Side } from './rights.js';
