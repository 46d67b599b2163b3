/** The server on which service tests make databases of their own. */
export const DATABASE_SERVER = process.env['TEST_DATABASE_URL'] ?? 'mariadb://root@127.0.0.1:3306/test';
