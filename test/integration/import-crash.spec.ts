import { anImportKilledAgainAndAgain, UNDISTURBED } from '../support/imports/crashing.js';

describe('An import whose process is killed at ten random points', () => {
  it('ends as if nothing had happened, with no row twice', async () => {
    expect(await anImportKilledAgainAndAgain()).toMatchObject(UNDISTURBED);
  }, 180_000);
});
