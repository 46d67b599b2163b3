import { Injectable } from '@nestjs/common';
import { ConfigurationFault } from '../../src/platform/config/index.js';
import { defineJob, HandlesJob, JobsModule, WhenGivenUp } from '../../src/platform/jobs/index.js';
import { aJobsApp } from '../support/jobs/jobs-app.js';
import { SilentDriver } from '../support/jobs/silent-driver.js';
import { aDatabase, type TestDatabase } from '../support/jobs/test-database.js';

const Paint = defineJob<{ wall: string }>('tests.paint', { queue: 'default' });
const Repair = defineJob<{ wall: string }>('tests.repair', { queue: 'default' });

@Injectable()
class Painter {
  @HandlesJob(Paint)
  paint(): void {
    // Its being there is what counts.
  }
}

@Injectable()
class OtherPainter {
  @HandlesJob(Paint)
  paintToo(): void {
    // One too many.
  }
}

@Injectable()
class Mason {
  @HandlesJob(Repair)
  repair(): void {
    // Its being there is what counts.
  }

  @WhenGivenUp(Repair)
  despair(): void {
    // Nor does this do anything.
  }
}

@Injectable()
class OtherMason {
  @WhenGivenUp(Repair)
  despairToo(): void {
    // One too many.
  }
}

describe('The start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase();
  });
  afterAll(() => database.drop());

  const start = async (...providers: (new () => object)[]) => {
    const app = await aJobsApp({ settings: database.settings, providers, driver: new SilentDriver() });
    await app.close();
  };

  it('succeeds when each job has one handler', async () => {
    await expect(start(Painter, Mason)).resolves.toBeUndefined();
  });

  it('fails, naming every job that has no handler', async () => {
    await expect(start()).rejects.toThrow(/The job tests\.paint has no handler.*\nThe job tests\.repair has no handler/);
  });

  it('fails, naming the job that has two handlers, and both', async () => {
    await expect(start(Painter, OtherPainter, Mason)).rejects.toThrow(
      'The job tests.paint has several handlers: Painter.paint, OtherPainter.paintToo.',
    );
  });

  it('fails when two want to know that a job is given up', async () => {
    await expect(start(Painter, Mason, OtherMason)).rejects.toThrow('The job tests.repair has several @WhenGivenUp');
  });

  it('refuses a worker without Redis', async () => {
    await expect(JobsModule.for({ queue: { redisUrl: undefined }, role: 'worker' })).rejects.toThrow(ConfigurationFault);
  });
});
