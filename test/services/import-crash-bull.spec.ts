import { anImportKilledAgainAndAgain, UNDISTURBED } from '../support/imports/crashing.js';

describe('An import whose worker is killed at ten random points, with the queue on Redis', () => {
  it('ends as if nothing had happened, with no row twice', async () => {
    expect(await anImportKilledAgainAndAgain(process.env['TEST_REDIS_URL'])).toMatchObject(UNDISTURBED);
  }, 240_000);
});
