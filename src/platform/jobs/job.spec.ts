import { defineJob } from './job.js';

describe('A job definition', () => {
  it('waits longer after each failure, up to a limit', () => {
    const job = defineJob('tests.back-off', { queue: 'default', backoff: { first: 1_000, factor: 3, max: 10_000 } });

    expect([1, 2, 3, 4, 5].map((attempt) => job.waitAfter(attempt))).toEqual([1_000, 3_000, 9_000, 10_000, 10_000]);
  });

  it('is tried five times unless it says otherwise', () => {
    expect(defineJob('tests.by-default', { queue: 'mail' }).attempts).toBe(5);
    expect(defineJob('tests.twice', { queue: 'mail', attempts: 2 }).attempts).toBe(2);
  });

  it('refuses a name that is taken, and one that the row cannot hold', () => {
    defineJob('tests.unique', { queue: 'default' });

    expect(() => defineJob('tests.unique', { queue: 'mail' })).toThrow('The job tests.unique is defined twice.');
    expect(() => defineJob('x'.repeat(101), { queue: 'mail' })).toThrow('longer than 100 characters');
  });
});
