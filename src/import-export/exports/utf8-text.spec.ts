import { Utf8Text } from './utf8-text.js';

describe('A text as UTF-8', () => {
  it.each([
    ['nothing', ['']],
    ['plain letters', ['Amanda', ',', 'Cole', '\r\n']],
    ['every width of letter', ['a', 'é', '€', '😀', 'Zoë', 'z']],
    ['half a letter', ['\ud83d', 'a\ude00b']],
    ['a letter whose halves come apart', ['\ud83d', '\ude00']],
    ['more than it had room for', ['x'.repeat(50_000), '€'.repeat(50_000), 'y'.repeat(200_000)]],
    ['as much as it has room for', ['x'.repeat(65_536), 'y']],
  ])('is what each of its parts is: %s', (_case, parts) => {
    const text = new Utf8Text();

    for (const part of parts) text.add(part);

    expect(Buffer.from(text.take())).toEqual(Buffer.concat(parts.map((part) => Buffer.from(part))));
  });

  it('begins anew, and leaves what was taken as it is', () => {
    const text = new Utf8Text();
    text.add('first');
    const first = text.take();
    text.add('2nd');

    expect(Buffer.from(text.take()).toString()).toBe('2nd');
    expect(Buffer.from(first).toString()).toBe('first');
    expect(text.take()).toHaveLength(0);
  });
});
