import type { DataSource } from 'typeorm';
import { aDatabase, type TestDatabase } from '../support/jobs/test-database.js';

describe('A statement whose only parameter is NULL', () => {
  let database: TestDatabase;
  let connection: DataSource;

  beforeAll(async () => {
    database = await aDatabase();
    connection = await database.connect();
  });
  afterAll(async () => {
    await connection.destroy();
    await database.drop();
  });

  it('is carried out, outside and inside a transaction', async () => {
    const ask = () => connection.query<{ answer: string }[]>("SELECT COALESCE(?, 'none') AS answer", [null]);

    expect(await ask()).toMatchObject([{ answer: 'none' }]);
    await connection.transaction(async (manager) => {
      expect(await manager.query<{ answer: string }[]>("SELECT COALESCE(?, 'none') AS answer", [null])).toMatchObject([{ answer: 'none' }]);
    });
  });
});
