export { Passwords } from './passwords.js';
export { SecretsModule } from './secrets.module.js';
export { sameSecret, sha256, Vault } from './vault.js';
