import { peopleFile } from './people-file.js';

describe('The file of people that the demo imports', () => {
  it('is the same at every call', () => {
    expect(peopleFile(2_000)).toEqual(peopleFile(2_000));
  });

  it('has a header and as many rows as asked for, each with an email address of its own', () => {
    const { csv, bad } = peopleFile(2_000);
    const [header = '', ...rows] = csv.trim().split('\r\n');

    expect([rows.length, bad]).toEqual([2_000, 16]);
    expect(new Set(rows.map((row) => row.split(',')[7])).size).toBe(2_000);
    expect(rows.filter((row) => row.split(',').length !== header.split(',').length)).toEqual([]);
  });
});
