const jsc = {
  target: 'es2022',
  parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  keepClassNames: true,
};
const base = { swcrc: false, sourceMaps: 'inline', module: { type: 'commonjs' } };

// The client of S3 tells the end of Node 20 to whoever starts it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export default {
  testEnvironment: '<rootDir>/test/support/jest/environment.mjs',
  runtime: '<rootDir>/test/support/jest/runtime.mjs',
  rootDir: '.',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...base, jsc }],
  },
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
  // Needs a database server and Redis: `npm run test:services`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/services/'],
  maxWorkers: 2,
  // What suites leave in memory adds up to more than Node lets a process have.
  workerIdleMemoryLimit: '2GB',
  // Suites start whole servers and processes, and share two cores with them.
  testTimeout: 90_000,
};
