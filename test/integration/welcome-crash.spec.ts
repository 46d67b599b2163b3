import { ALL_WELCOMED, welcomesKilledAgainAndAgain } from '../support/imports/crashing-welcomes.js';

describe('An import with welcome mails whose process is killed at random points', () => {
  it('welcomes everybody once, with one message each', async () => {
    expect(await welcomesKilledAgainAndAgain()).toMatchObject(ALL_WELCOMED);
  }, 300_000);
});
