import 'reflect-metadata';
import { ModernFakeTimers } from '@jest/fake-timers';
import { Logger } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { ModuleMocker } from 'jest-mock';
import passport from 'passport';
import { MetadataLoader } from '../../../node_modules/@nestjs/swagger/dist/plugin/metadata-loader.js';
import { DataSourceNameRegistry } from '../../../node_modules/@nestjs/typeorm/dist/data-source-name.registry.js';
import { EntitiesMetadataStorage } from '../../../node_modules/@nestjs/typeorm/dist/entities-metadata.storage.js';

const logger = { ...Logger };
const strategies = Object.keys(passport._strategies);
const listeners = () => process.eventNames().flatMap((event) => process.rawListeners(event).map((listener) => ({ event, listener })));

/** Runs suites in the realm of the process, where packages are loaded once, and takes back what a suite leaves there. */
export default class Environment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #globals = new Set(Reflect.ownKeys(globalThis));
  #console = globalThis.console;
  #exit = Reflect.get(process, 'exit');
  #exitCode = process.exitCode;
  #variables = { ...process.env };
  #listeners = new Set(listeners().map(({ listener }) => listener));

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.#restoreProcess();
    for (const key of Reflect.ownKeys(globalThis)) if (!this.#globals.has(key)) Reflect.deleteProperty(globalThis, key);
    for (const kept of Object.values(defaultMetadataStorage)) kept.clear();
    EntitiesMetadataStorage.storage.clear();
    DataSourceNameRegistry.clear();
    MetadataLoader.refreshHooks.length = 0;
    for (const name of Object.keys(passport._strategies)) if (!strategies.includes(name)) passport.unuse(name);
    Object.assign(Logger, logger);
  }

  #restoreProcess() {
    globalThis.console = this.#console;
    process.exit = this.#exit;
    process.exitCode = this.#exitCode;
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    for (const { event, listener } of listeners()) if (!this.#listeners.has(listener)) process.removeListener(event, listener);
  }
}
