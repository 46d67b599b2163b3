import unit from './jest.config.mjs';

// Workers are started later and inherit what is set here. Each spec makes a database of its own on the server.
process.env.TEST_DATABASE_URL ??= 'mariadb://root@127.0.0.1:3306/customer_identity_test';
process.env.TEST_REDIS_URL ??= 'redis://127.0.0.1:6379';

/** The integration suites again, on a database server, and what needs Redis besides. */
export default {
  ...unit,
  globalSetup: '<rootDir>/test/support/services.ts',
  testMatch: ['<rootDir>/test/integration/**/*.spec.ts', '<rootDir>/test/services/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
