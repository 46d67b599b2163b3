const jsc = {
  target: 'es2022',
  parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  keepClassNames: true,
};
const base = { swcrc: false, sourceMaps: 'inline', module: { type: 'commonjs' } };

// Jest cannot load native ES modules beside the CommonJS mailer on Node 20: packages that ship ES modules only are compiled.
const esmOnly = [
  '@nestjs',
  'jose',
  'oauth4webapi',
  'openid-client',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  'load-esm',
  'es-toolkit',
  'js-yaml',
  'uid',
  'iterare',
  'iso-3166',
  'csv-parse',
  '@borewit',
  'fastify',
  '@fastify',
  'cookie',
  'content-disposition',
];

// The client of S3 tells the end of Node 20 to whoever starts it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export default {
  testEnvironment: 'node',
  rootDir: '.',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...base, jsc }],
    '/node_modules/.+\\.m?js$': ['@swc/jest', { ...base, jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
  // Needs a database server and Redis: `npm run test:services`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/services/'],
  setupFiles: ['reflect-metadata'],
  maxWorkers: 2,
  // What suites leave in memory adds up to more than Node lets a process have.
  workerIdleMemoryLimit: '2GB',
  // Suites start whole servers and processes, and share two cores with them.
  testTimeout: 90_000,
};
