import { Seal, SealBroken } from './seal.js';

describe('The seal of a waiting mail', () => {
  const seal = new Seal({ sessionSecret: 'a'.repeat(32) });
  const content = { link: 'https://shop.example/?token=secret', name: 'Zoë' };

  it('gives back what it was put on', () => {
    expect(seal.open(seal.close(content, 'mail 1'), 'mail 1')).toEqual(content);
  });

  it('lets nothing of it be read, and never looks the same', () => {
    const text = seal.close(content, 'mail 1');

    expect(Buffer.from(text, 'base64').toString('latin1')).not.toMatch(/secret|token|shop/);
    expect(seal.close(content, 'mail 1')).not.toBe(text);
  });

  it('is broken by another secret, another mail, a changed or a shortened text', () => {
    const text = seal.close(content, 'mail 1');
    const changed = Buffer.from(text, 'base64');
    changed[20] = (changed[20] ?? 0) ^ 1;

    expect(() => new Seal({ sessionSecret: 'b'.repeat(32) }).open(text, 'mail 1')).toThrow(SealBroken);
    expect(() => seal.open(text, 'mail 2')).toThrow(SealBroken);
    expect(() => seal.open(changed.toString('base64'), 'mail 1')).toThrow(SealBroken);
    expect(() => seal.open(text.slice(0, 12), 'mail 1')).toThrow(SealBroken);
    expect(() => seal.open('', 'mail 1')).toThrow(SealBroken);
  });
});
