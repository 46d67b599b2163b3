import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto';
import { rmSync } from 'node:fs';
import { ALGORITHMS, makeKeys } from '../../src/oauth/index.js';
import { type ApplicationBody, encodePart, type Json, OAuthApp, readToken } from '../support/oauth-app.js';

describe('Signing keys', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  const me = (token: string) => app.call<Json>('GET', '/api/me', { token });
  const published = async () => (await app.call<{ keys: JsonWebKey[] }>('GET', '/.well-known/jwks.json')).body.keys;

  beforeAll(async () => {
    app = await OAuthApp.start();
    application = await app.anApplication('ERP connector');
  });
  afterAll(() => app.close());

  async function until<T>(act: () => Promise<T>, isDone: (result: T) => boolean): Promise<T> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const result = await act();
      if (isDone(result) || Date.now() > deadline) return result;
    }
  }

  it('are published before they sign, and no token is refused while one follows another', async () => {
    const first = await app.tokenOf(application);
    const old = readToken(first).header['kid'];
    expect((await me(first)).status).toBe(200);
    await makeKeys(app.configuration.keys.folder, { rotate: true, lead: 5_000, algorithm: 'ES256' });
    const both = await until(published, (keys) => keys.length === 2);
    const next = both.map(({ kid }) => kid).find((kid) => kid !== old);
    expect(both.map(({ alg }) => alg).sort()).toEqual(['ES256', 'RS256']);
    expect(readToken(await app.tokenOf(application)).header['kid']).toBe(old);
    const tokens: string[] = [];
    const statuses = new Set<number>();
    const signer = await until(
      async () => {
        tokens.push(await app.tokenOf(application));
        for (const token of tokens.slice(-2)) statuses.add((await me(token)).status);
        return readToken(tokens.at(-1) ?? '').header['kid'];
      },
      (kid) => kid === next,
    );
    expect(signer).toBe(next);
    for (const token of [first, tokens[0] ?? '', tokens.at(-1) ?? '']) statuses.add((await me(token)).status);
    expect([...statuses]).toEqual([200]);
    expect((await published()).map(({ kid }) => kid).sort()).toEqual([old, next].sort());
  });

  describe.each(ALGORITHMS)('of %s', (algorithm) => {
    let token: string;
    let jwk: JsonWebKey;

    beforeAll(async () => {
      rmSync(app.configuration.keys.folder, { recursive: true });
      await until(published, (keys) => keys.length === 0);
      await makeKeys(app.configuration.keys.folder, { algorithm });
      jwk = (await until(published, (keys) => keys.length === 1))[0] ?? {};
      token = await app.tokenOf(application);
    });

    it('sign tokens that the API takes and the published key verifies', async () => {
      expect(readToken(token).header).toEqual({ alg: algorithm, typ: 'at+jwt', kid: jwk['kid'] });
      expect(jwk).toMatchObject({ alg: algorithm, use: 'sig' });
      expect(jwk).not.toHaveProperty('d');
      expect((await me(token)).status).toBe(200);
      const content = token.slice(0, token.lastIndexOf('.'));
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const signature = Buffer.from(token.split('.')[2] ?? '', 'base64url');
      const digest = algorithm === 'EdDSA' ? null : 'sha256';
      expect(verify(digest, Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    });

    it('verify with their own algorithm alone', async () => {
      const { header, claims } = readToken(token);
      const theirs: Record<string, KeyObject> = {
        RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
        ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        EdDSA: generateKeyPairSync('ed25519').privateKey,
      };
      for (const [alg, key] of Object.entries(theirs)) {
        const content = `${encodePart({ ...header, alg })}.${encodePart(claims)}`;
        const signature = sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
        expect((await me(`${content}.${signature.toString('base64url')}`)).status).toBe(401);
      }
      for (const alg of ['none', 'HS256', 'RS512', 'PS256', 'ES384', 'Ed25519'])
        expect((await me(`${encodePart({ ...header, alg })}.${token.split('.').slice(1).join('.')}`)).status).toBe(401);
    });

    it('take no signature that is not written in its one form', async () => {
      const [header = '', claims = '', signature = ''] = token.split('.');
      const last = signature.at(-1) ?? '';
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const other = alphabet[alphabet.indexOf(last) ^ 1] ?? '';
      const spellings = [`${signature.slice(0, -1)}${other}`, `${signature}=`, `${signature}==`, ` ${signature}`, ''];
      for (const spelling of spellings) expect((await me(`${header}.${claims}.${spelling}`)).status).toBe(401);
    });
  });
});
