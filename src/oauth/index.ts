/** OAuth applications and the authorization server that gives them tokens. */
export { OAuthApplications } from './applications.service.js';
export { ALGORITHMS } from './key-algorithms.js';
export { type KeysReport, makeKeys } from './keys.command.js';
export {
  type ApplicationFacts,
  OAuthApplicationActivated,
  OAuthApplicationCreated,
  OAuthApplicationDeactivated,
  OAuthApplicationDeleted,
  OAuthSecretAdded,
  OAuthSecretExpiring,
} from './oauth.events.js';
export { OAuthModule } from './oauth.module.js';
export { OAuthApplicationPermission } from './oauth.permissions.js';
