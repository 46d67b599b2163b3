import { anExportKilledAgainAndAgain, anImportKilledAgainAndAgain, UNDISTURBED, UNDISTURBED_EXPORT } from '../support/imports/crashing.js';

describe('What goes on as if nothing had happened when its process is killed at random points', () => {
  it('is an import, with no row twice', async () => {
    expect(await anImportKilledAgainAndAgain()).toMatchObject(UNDISTURBED);
  }, 180_000);

  it('is an export, with no row twice', async () => {
    expect(await anExportKilledAgainAndAgain()).toMatchObject(UNDISTURBED_EXPORT);
  }, 180_000);
});
