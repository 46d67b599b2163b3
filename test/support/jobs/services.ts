/** The servers that service tests run against. */
export const DATABASE_SERVER = process.env['TEST_DATABASE_URL'] ?? 'mariadb://root@127.0.0.1:3306/test';
export const REDIS_SERVER = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
