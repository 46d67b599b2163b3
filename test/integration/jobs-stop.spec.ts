import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { defineJob, HandlesJob, JobRun, Jobs } from '../../src/platform/jobs/index.js';
import { eventually } from '../support/jobs/eventually.js';
import { aJobsApp, QUICK } from '../support/jobs/jobs-app.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

const Walk = defineJob<{ name: string }>('tests.walk', { queue: 'imports' });

@Injectable()
class Walks {
  begun = 0;
  arrive: () => void = () => undefined;
  private readonly arrived = new Promise<void>((resolve) => (this.arrive = resolve));

  constructor(private readonly work: UnitOfWork) {}

  @HandlesJob(Walk)
  async walk({ name }: { name: string }, run: JobRun): Promise<void> {
    this.begun++;
    await this.arrived;
    await this.work.run(async () => {
      await this.work.repository(Effect).insert({ name });
      await run.complete();
    });
  }
}

describe('A process that is asked to stop', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await aDatabase();
  });
  afterEach(() => database.drop());

  const walking = async (stopWithin: number) => {
    const app = await aJobsApp({ settings: database.settings, providers: [Walks], timings: { ...QUICK, stopWithin } });
    for (const name of ['first', 'second']) await app.get(Jobs).enqueue(Walk, { name });
    await eventually(() => app.get(Walks).begun === 1, 'a job begins');
    return { app, walks: app.get(Walks) };
  };
  const effects = async () => {
    const connection = await database.connect();
    const rows = await connection.getRepository(Effect).find();
    await connection.destroy();
    return rows.map(({ name }) => name);
  };

  it('ends the job that runs and begins no other', async () => {
    const { app, walks } = await walking(5_000);

    const stopped = app.close();
    walks.arrive();
    await stopped;

    expect(walks.begun).toBe(1);
    expect(await effects()).toEqual(['first']);
  });

  it('does not wait for ever', async () => {
    const { app, walks } = await walking(50);

    await app.close();
    walks.arrive();

    expect(await effects()).toEqual([]);
  });
});
