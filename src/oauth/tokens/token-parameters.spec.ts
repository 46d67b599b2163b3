import { parse } from 'fast-querystring';
import { OAuthError } from '../oauth-error.js';
import { readTokenParameters } from './token-parameters.js';

const raw = { rawHeaders: [] };
const form = (text: string, query = '') =>
  readTokenParameters({
    raw,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    query: parse(query),
    body: parse(text),
  });
const json = (body: unknown) => readTokenParameters({ raw, headers: { 'content-type': 'application/json' }, query: {}, body });

function refusalOf(act: () => unknown): { code: string; status: number } {
  try {
    act();
  } catch (error) {
    if (error instanceof OAuthError) return { code: error.code, status: error.status };
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('The parameters of a token request', () => {
  it('come in a form or in JSON', () => {
    const expected = { grantType: 'client_credentials', clientId: 'a', clientSecret: 'b c', scope: 'x y' };
    expect(form('grant_type=client_credentials&client_id=a&client_secret=b+c&scope=x%20y')).toEqual(expected);
    expect(json({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b c', scopes: 'x y' })).toEqual(expected);
  });

  it('say that a list of scopes in JSON is none', () => {
    const bodyText = JSON.stringify({ scopes: ['a', 'b'] });
    const body: unknown = JSON.parse(bodyText);
    expect(() => readTokenParameters({ raw, headers: { 'content-type': 'application/json' }, query: {}, body, bodyText })).toThrow(
      'scopes must be a text, its names separated by spaces.',
    );
    expect(() => form('scopes=a&scopes=b')).toThrow('scopes is given more than once.');
  });

  it('may be more than the server knows', () => {
    expect(form('grant_type=client_credentials&audience=x&audience=y').grantType).toBe('client_credentials');
  });

  it('count as left out when they are empty', () => {
    expect(form('grant_type=&client_id=&scope=')).toEqual({});
    expect(json({ grant_type: null, scope: '' })).toEqual({});
    expect(readTokenParameters({ raw, headers: {}, query: {}, body: undefined })).toEqual({});
  });

  it.each([
    'grant_type=a&grant_type=a',
    'client_id=a&client_id=b',
    'client_secret=a&client_secret=',
    'scope=a&scope=b',
    'scopes=a&scopes=b',
  ])('are refused when one comes twice: %s', (text) => {
    expect(refusalOf(() => form(text))).toEqual({ code: 'invalid_request', status: 400 });
  });

  it('take scope and scopes together only when they agree', () => {
    expect(form('scope=a&scopes=a').scope).toBe('a');
    expect(form('scope=a+b&scopes=b+a').scope).toBe('a b');
    expect(refusalOf(() => form('scope=a&scopes=b')).code).toBe('invalid_request');
  });

  it.each([{ client_id: 5 }, { client_secret: { a: 1 } }, { scope: ['a', 'b'] }, [], 'text', 7])(
    'are refused when they are no texts: %j',
    (body) => {
      expect(refusalOf(() => json(body)).code).toBe('invalid_request');
    },
  );

  it.each(['client_secret=x', 'client_id=x', 'grant_type=client_credentials', 'scope=a'])('are refused in the URL: %s', (query) => {
    expect(refusalOf(() => form('grant_type=client_credentials', query)).code).toBe('invalid_request');
  });

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/xml', ''])('are refused as %j', (type) => {
    const act = () => readTokenParameters({ raw, headers: { 'content-type': type }, query: {}, body: undefined });
    expect(refusalOf(act)).toEqual({ code: 'invalid_request', status: 415 });
  });

  it('are not looked for in what every object has', () => {
    expect(json(Object.create({ grant_type: 'client_credentials' }))).toEqual({});
  });
});
