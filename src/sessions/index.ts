/** Logins, and the sessions that come from them, on both sides. */
export { SessionsModule } from './sessions.module.js';
