import { ALL_WELCOMED, welcomesKilledAgainAndAgain } from '../support/imports/crashing-welcomes.js';
import { DATABASE_SERVER } from '../support/jobs/services.js';

describe('An import with welcome mails whose worker is killed at random points, with the queue on Redis', () => {
  it('welcomes everybody once, with one message each', async () => {
    const queue = { REDIS_URL: process.env['TEST_REDIS_URL'] ?? '', DATABASE_URL: DATABASE_SERVER };
    expect(await welcomesKilledAgainAndAgain(queue)).toMatchObject(ALL_WELCOMED);
  }, 300_000);
});
