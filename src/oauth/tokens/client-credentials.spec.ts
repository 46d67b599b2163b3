import { namedClient, readCredentials } from './client-credentials.js';
import { OAuthError } from '../oauth-error.js';
import type { TokenParameters } from './token-parameters.js';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

function refusalOf(authorization: string | undefined, parameters: TokenParameters = {}): string {
  try {
    readCredentials(authorization, parameters);
  } catch (error) {
    if (error instanceof OAuthError) return error.code;
    throw error;
  }
  return 'none';
}

describe('The credentials of a client', () => {
  it('come in the body', () => {
    expect(readCredentials(undefined, { clientId: 'a', clientSecret: 'b' })).toEqual({ clientId: 'a', clientSecret: 'b' });
  });

  it('come as HTTP Basic, each half form-encoded', () => {
    expect(readCredentials(basic('a:b'), {})).toEqual({ clientId: 'a', clientSecret: 'b' });
    expect(readCredentials(basic('a%3Ab+c:d%2Be:f'), {})).toEqual({ clientId: 'a:b c', clientSecret: 'd+e:f' });
    expect(readCredentials(basic('a:b').replace('Basic', 'bASIC'), {})).toEqual({ clientId: 'a', clientSecret: 'b' });
  });

  it('are refused when they come both ways at once', () => {
    expect(refusalOf(basic('a:b'), { clientId: 'a', clientSecret: 'b' })).toBe('invalid_request');
    expect(refusalOf(basic('a:b'), { clientSecret: 'b' })).toBe('invalid_request');
    expect(refusalOf(basic('a:b'), { clientId: 'other' })).toBe('invalid_request');
  });

  it('are refused beside an assertion, which alone authenticates nobody', () => {
    expect(refusalOf(basic('a:b'), { clientAssertion: 'x' })).toBe('invalid_request');
    expect(refusalOf(undefined, { clientId: 'a', clientSecret: 'b', clientAssertion: 'x' })).toBe('invalid_request');
    expect(refusalOf(undefined, { clientId: 'a', clientAssertion: 'x' })).toBe('invalid_client');
  });

  it('let an equal client_id beside HTTP Basic pass, which authenticates nobody', () => {
    expect(refusalOf(basic('a:b'), { clientId: 'a' })).toBe('none');
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Bearer abc'],
    ['no scheme', 'abc'],
    ['nothing behind the scheme', 'Basic'],
    ['no base64', 'Basic ***'],
    ['no colon', basic('ab')],
    ['an empty id', basic(':b')],
    ['an empty secret', basic('a:')],
    ['a broken escape', basic('a:%zz')],
    ['half a character', basic('a:%c3')],
    ['a NUL', basic('a%00:b')],
    ['an over-long id', basic(`${'a'.repeat(300)}:b`)],
    ['an over-long secret', basic(`a:${'b'.repeat(300)}`)],
  ])('are refused as invalid_client: %s', (_case, authorization) => {
    expect(refusalOf(authorization)).toBe('invalid_client');
  });

  it('are refused without an id or a secret', () => {
    expect(refusalOf(undefined, { clientId: 'a' })).toBe('invalid_client');
    expect(refusalOf(undefined, { clientSecret: 'b' })).toBe('invalid_client');
  });

  it('name the client for the log, whatever else is wrong', () => {
    expect(namedClient(basic('a:b'), undefined)).toBe('a');
    expect(namedClient('Bearer x', 'c')).toBe('c');
    expect(namedClient(undefined, undefined)).toBeUndefined();
  });
});
