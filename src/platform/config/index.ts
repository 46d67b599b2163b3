export * from './settings.js';
export { type Configuration, ConfigurationModule, configurationOf, loadConfiguration } from './configuration.js';
export { ConfigurationFault } from './configuration-fault.js';
export { environmentExample, readEnvironment } from './environment.js';
