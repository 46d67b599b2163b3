import hooks, { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire, isBuiltin } from 'node:module';
import { compileFunction, constants } from 'node:vm';
import JestRuntime from 'jest-runtime';

const require = createRequire(import.meta.url);
const compiled = new Map();
const isPackage = (name) => !/^[./]/.test(name) && !isBuiltin(name) && name !== '@jest/globals';

/** Gives each suite the product and its tests anew, but the packages that they stand on once per process, as Node itself loads them. */
export default class Runtime extends JestRuntime {
  #storages = [];
  #hooks = { ...hooks, AsyncLocalStorage: keptIn(this.#storages) };

  constructor(...parameters) {
    super(...parameters);
    this.executor.compile = (source, filename) => bodyOf(source, filename, this.executor.injectedModuleParameters);
  }

  requireModuleOrMock(from, name) {
    if (name === 'node:async_hooks') return this.#hooks;
    return isPackage(name) ? require(name) : super.requireModuleOrMock(from, name);
  }

  // Packages are to have the one of Node.
  installGetBuiltinModule() {}

  teardown() {
    super.teardown();
    // Node tells every promise to each storage that was ever used: without this, a worker's hundredth suite takes twice its time.
    for (const storage of this.#storages) storage.disable();
  }
}

/** A file is compiled once and run for each suite, in the realm of the packages: an `Error` or `Date` is the same to both. */
function bodyOf(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.body;
  const body = compileFunction(source, parameters, { filename, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  compiled.set(filename, { source, body });
  return body;
}

const keptIn = (storages) =>
  class extends AsyncLocalStorage {
    constructor() {
      super();
      storages.push(this);
    }
  };
