/** Who got in, or tried to, and who changed what. */
export { AuditEventView } from './audit-events.dto.js';
export { auditEventListing } from './audit-events.listing.js';
export { AuditEvents } from './audit-events.service.js';
export { AuditModule } from './audit.module.js';
export { LoginAttemptPermission } from './audit.permissions.js';
export { LOCKED_OUT, LoginAttempts, type LoginTry } from './login-attempts.service.js';
