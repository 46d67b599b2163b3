import { mapWithPauses } from './map-with-pauses.js';

describe('Work on many items', () => {
  it('gives the results in their order, and lets others in between', async () => {
    const items = Array.from({ length: 1_000 }, (_, i) => i);
    const turns: number[] = [];
    let done = 0;
    const next = () => {
      turns.push(done);
      if (done < items.length) setImmediate(next);
    };
    setImmediate(next);

    const results = await mapWithPauses(items, (item, index) => {
      done++;
      return item * 2 + index;
    });

    expect(results).toEqual(items.map((item) => item * 3));
    expect(new Set(turns).size).toBeGreaterThan(3);
  });
});
