/** Who got in, or tried to. */
export { AuditModule } from './audit.module.js';
export { LOCKED_OUT, LoginAttempts, type LoginTry } from './login-attempts.service.js';
