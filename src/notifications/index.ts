/** Tells people by mail what happens elsewhere. Hears every other module; none imports it. */
export { NotificationsModule } from './notifications.module.js';
