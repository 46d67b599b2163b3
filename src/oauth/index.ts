/** OAuth applications and the authorization server that gives them tokens. */
export { OAuthApplications } from './applications/applications.service.js';
export { ALGORITHMS } from './keys/key-algorithms.js';
export { type KeysReport, makeKeys } from './keys/keys.command.js';
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
