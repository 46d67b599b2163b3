import { type DataSource, Entity } from 'typeorm';
import { CreateJobs1764000000100 } from '../../../migrations/1764000000100-create-jobs.js';
import { dataSourceOptions, Id, openDataSource, Text } from '../../../src/platform/database/index.js';
import { createTable, id, text } from '../../../src/platform/database/schema.js';
import { JobRow } from '../../../src/platform/jobs/job.entity.js';
import { anEmptyDatabase, type EmptyDatabase } from '../database.js';

/** What a test's job leaves behind: one row each time that its work is done. */
@Entity('effects')
export class Effect {
  @Id() id: number;

  @Text(100) name: string;
}

export interface TestDatabase extends EmptyDatabase {
  /** A connection of its own, as another process would have it. The caller destroys it. */
  connect(): Promise<DataSource>;
}

/** An empty database with the tables of jobs and effects: on the server of `url`, or a SQLite file without one. */
export async function aDatabase(url = process.env['TEST_DATABASE_URL']): Promise<TestDatabase> {
  const database = await anEmptyDatabase(url);
  const connect = () => openDataSource({ ...dataSourceOptions(database.settings), entities: [JobRow, Effect] });
  const connection = await connect();
  const runner = connection.createQueryRunner();
  await new CreateJobs1764000000100().up(runner);
  await createTable(runner, 'effects', { columns: [id(), text('name', 100)] });
  await runner.release();
  await connection.destroy();
  return { ...database, connect };
}
