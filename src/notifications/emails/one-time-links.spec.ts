import { carriesToken, tokensIn, withoutTokens } from './one-time-links.js';

describe('One-time links', () => {
  const context = { firstName: 'Amanda', link: 'https://shop.example/account/set-password?token=abc-DEF_123&lang=en#top', validHours: 24 };

  it('lose their token and nothing else', () => {
    expect(withoutTokens(context)).toEqual({ ...context, link: 'https://shop.example/account/set-password?token=...&lang=en#top' });
    expect(withoutTokens({ link: 'https://shop.example/confirm?a=1&token=secret' })).toEqual({
      link: 'https://shop.example/confirm?a=1&token=...',
    });
  });

  it('are found by their tokens', () => {
    expect(tokensIn({ ...context, other: 'https://shop.example/confirm?a=1&token=secret', hours: 3 })).toEqual(['abc-DEF_123', 'secret']);
    expect(tokensIn({ link: 'https://shop.example/login' })).toEqual([]);
  });

  it('are told from other links, time and again', () => {
    expect([carriesToken(context), carriesToken(context)]).toEqual([true, true]);
    expect(carriesToken({ ...context, link: 'https://shop.example/login' })).toBe(false);
    expect(carriesToken(withoutTokens(context))).toBe(true);
  });
});
