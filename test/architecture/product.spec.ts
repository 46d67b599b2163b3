import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { JobHandlers } from '../../src/platform/jobs/job-handlers.js';
import { definedJobs } from '../../src/platform/jobs/index.js';
import { entitiesOfTheProduct } from '../support/entities.js';
import { routesByRule } from './running.js';

describe('The product, put together', () => {
  let folder: string;
  let app: TestingModule;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'product-'));
    const configuration = configurationOf(readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder, KEYS_DIR: folder, LOG_LEVEL: 'silent' }));
    app = await Test.createTestingModule({ imports: [AppModule.for(configuration, 'all')] }).compile();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('has an access rule on every route', () => {
    const { bare, ruled } = routesByRule(app);

    expect(bare).toEqual([]);
    expect(ruled).toContain('GET HealthController.live');
  });

  it('has one handler for every job', () => {
    const handlers = app.get(JobHandlers, { strict: false });

    handlers.collect();

    expect(handlers.names().sort()).toEqual(
      definedJobs()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('knows every entity', async () => {
    const known = app.get(DataSource).entityMetadatas.map(({ name }) => name);

    expect(known.sort()).toEqual((await entitiesOfTheProduct()).map(({ name }) => name).sort());
  });
});
