import { anExportKilledAgainAndAgain, anImportKilledAgainAndAgain, UNDISTURBED, UNDISTURBED_EXPORT } from '../support/imports/crashing.js';

describe('With the queue on Redis, what goes on as if nothing had happened when its worker is killed at random points', () => {
  const redisUrl = process.env['TEST_REDIS_URL'];

  it('is an import, with no row twice', async () => {
    expect(await anImportKilledAgainAndAgain(redisUrl)).toMatchObject(UNDISTURBED);
  }, 240_000);

  it('is an export, with no row twice', async () => {
    expect(await anExportKilledAgainAndAgain(redisUrl)).toMatchObject(UNDISTURBED_EXPORT);
  }, 240_000);
});
