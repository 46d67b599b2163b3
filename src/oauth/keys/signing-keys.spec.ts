import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Clock, HOUR, MINUTE } from '../../platform/clock/index.js';
import { ALGORITHMS } from './key-algorithms.js';
import { makeKeys } from './keys.command.js';
import { SigningKeysHealth } from './signing-keys.health.js';
import { SigningKeys } from './signing-keys.js';

const NOON = new Date('2026-11-23T12:00:00.000Z');

class HandClock extends Clock {
  constructor(private time = NOON.getTime()) {
    super();
  }

  override now(): Date {
    return new Date(this.time);
  }

  forward(milliseconds: number): void {
    this.time += milliseconds;
  }
}

describe('Signing keys', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  const keys = (clock: Clock = new HandClock()) => new SigningKeys({ folder }, clock);

  function put(name: string, modulusLength = 2048): void {
    const pair = generateKeyPairSync('rsa', { modulusLength });
    writeFileSync(file(`${name}.private.pem`), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(file(`${name}.public.pem`), pair.publicKey.export({ type: 'spki', format: 'pem' }));
  }

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => {
    Logger.overrideLogger(['log', 'warn', 'error']);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made when there are none, private to their owner', async () => {
    const { made, message } = await makeKeys(folder);
    expect(made).toBe(true);
    expect(message).toContain(keys().signing().kid);
    expect(statSync(file('first.private.pem')).mode & 0o777).toBe(0o600);
    expect(keys().fault()).toBeUndefined();
  });

  it('are left alone when there are some', async () => {
    await makeKeys(folder);
    const before = readFileSync(file('first.private.pem'), 'utf8');
    expect(await makeKeys(folder)).toMatchObject({ made: false, faults: [] });
    expect(readFileSync(file('first.private.pem'), 'utf8')).toBe(before);
  });

  it('are one pair, however many processes start at once', async () => {
    const reports = await Promise.all(Array.from({ length: 6 }, () => makeKeys(folder)));
    expect(reports.filter(({ made }) => made)).toHaveLength(1);
    expect(reports.flatMap(({ faults }) => faults)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['first.private.pem', 'first.public.pem']);
    expect(keys().fault()).toBeUndefined();
  });

  it('are completed where an earlier start was cut short', async () => {
    await makeKeys(folder);
    rmSync(file('first.public.pem'));
    expect(keys().fault()).toBe('first.public.pem is missing.');
    await makeKeys(folder);
    expect(keys().fault()).toBeUndefined();
  });

  it('make a folder that is not there', async () => {
    const { made } = await makeKeys(file('deeper/still'));
    expect(made).toBe(true);
  });

  it.each<[string, RegExp, () => void]>([
    ['there are none', /There is no signing key/, () => undefined],
    ['the folder is not there', /There is no signing key/, () => rmSync(folder, { recursive: true })],
    ['others may read them', /mode 644/, () => (put('a'), chmodSync(file('a.private.pem'), 0o644))],
    ['the group may read them', /mode 640/, () => (put('a'), chmodSync(file('a.private.pem'), 0o640))],
    ['they are weak', /1024 bits/, () => put('a', 1024)],
    ['the private one is missing', /a\.private\.pem is missing/, () => (put('a'), rmSync(file('a.private.pem')))],
    [
      'the public one is private',
      /a\.public\.pem holds a private key/,
      () => (put('a'), copyFileSync(file('a.private.pem'), file('a.public.pem'))),
    ],
    [
      'one is a pipe',
      /a\.private\.pem is no file/,
      () => (put('a'), rmSync(file('a.private.pem')), execFileSync('mkfifo', [file('a.private.pem')])),
    ],
    ['they are no keys', /holds no key/, () => (put('a'), writeFileSync(file('a.private.pem'), 'secret words', { mode: 0o600 }))],
    [
      'they do not belong together',
      /do not belong together/,
      () => {
        put('a');
        const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
        writeFileSync(file('a.public.pem'), other.export({ type: 'spki', format: 'pem' }));
      },
    ],
  ])('cannot sign when %s', (_case, fault, spoil) => {
    spoil();
    const spoilt = keys();
    expect(spoilt.fault()).toMatch(fault);
    expect(spoilt.fault()).not.toContain('secret words');
    expect(() => spoilt.signing()).toThrow(/OAuth authorization is not available/);
    expect(spoilt.jwks()).toEqual({ keys: [] });
    if (spoilt.fault()?.startsWith('There is')) mkdirAgain();
  });

  function mkdirAgain(): void {
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  }

  it('publish what verifies, and nothing private', () => {
    put('a');
    const [jwk] = keys().jwks().keys;
    expect(Object.keys(jwk ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(jwk).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: keys().signing().kid });
  });

  it('overlap: the next is published before it signs, the last verifies until its tokens have expired', () => {
    put('first');
    put('20261123T123000Z');
    const clock = new HandClock();
    const both = keys(clock);
    const old = both.signing().kid;
    const next = both
      .jwks()
      .keys.map(({ kid }) => kid)
      .find((kid) => kid !== old);
    expect(next).toBeDefined();
    clock.forward(30 * MINUTE);
    expect(both.signing().kid).toBe(next);
    expect(both.verifying(old)?.kid).toBe(old);
    clock.forward(HOUR - 1);
    expect(both.verifying(old)?.kid).toBe(old);
    clock.forward(1);
    expect(both.verifying(old)).toBeUndefined();
    expect(both.jwks().keys.map(({ kid }) => kid)).toEqual([next]);
  });

  describe.each(ALGORITHMS)('of %s', (algorithm) => {
    it('are made, and are followed by their like when they are rotated', async () => {
      expect(await makeKeys(folder, { algorithm, now: NOON })).toMatchObject({ made: true, faults: [] });
      const clock = new HandClock();
      const old = keys(clock).signing();
      expect(old.algorithm).toBe(algorithm);
      const { made, message } = await makeKeys(folder, { rotate: true, now: NOON });
      expect(made).toBe(true);
      expect(message).toContain('signs from 2026-11-23T12:10:00.000Z');
      const rotated = keys(clock);
      expect(rotated.jwks().keys).toHaveLength(2);
      clock.forward(10 * MINUTE - 1);
      expect(rotated.signing().kid).toBe(old.kid);
      clock.forward(1);
      expect(rotated.signing()).toMatchObject({ algorithm });
      expect(rotated.signing().kid).not.toBe(old.kid);
      expect(statSync(file('20261123T121000Z.private.pem')).mode & 0o777).toBe(0o600);
    });
  });

  it('may be followed by keys of another algorithm', async () => {
    await makeKeys(folder, { now: NOON });
    await makeKeys(folder, { rotate: true, algorithm: 'EdDSA', now: NOON });
    expect(
      keys()
        .jwks()
        .keys.map(({ alg }) => alg),
    ).toEqual(['RS256', 'EdDSA']);
  });

  it('are rotated once at a time', async () => {
    await makeKeys(folder, { now: NOON });
    await makeKeys(folder, { rotate: true, now: NOON });
    expect(await makeKeys(folder, { rotate: true, now: new Date(NOON.getTime() + MINUTE) })).toMatchObject({ made: false });
    expect(keys().jwks().keys).toHaveLength(2);
  });

  it('are made when there are none to rotate', async () => {
    expect(await makeKeys(folder, { rotate: true, now: NOON })).toMatchObject({ made: true });
    expect(keys().fault()).toBeUndefined();
  });

  it('are replaced at once by a rotation when those that are due cannot sign', async () => {
    put('first', 1024);
    expect(await makeKeys(folder, { rotate: true, now: NOON })).toMatchObject({ made: true });
    expect(keys().fault()).toBeUndefined();
  });

  it.each([
    ['on a weak curve', () => generateKeyPairSync('ec', { namedCurve: 'secp224r1' })],
    ['for another use', () => generateKeyPairSync('x25519')],
  ])('cannot sign when they are %s', (_case, generate) => {
    const pair = generate();
    writeFileSync(file('a.private.pem'), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(file('a.public.pem'), pair.publicKey.export({ type: 'spki', format: 'pem' }));
    expect(keys().fault()).toMatch(/another curve|no key for/);
  });

  it('verify until they are taken away where nobody can tell since when the next has signed', () => {
    put('first');
    const old = keys().signing().kid;
    put('second');
    expect(keys().signing().kid).not.toBe(old);
    expect(keys().verifying(old)?.kid).toBe(old);

    writeFileSync(file('third.public.pem'), 'junk');
    expect(keys().fault()).toMatch(/third/);
    expect(keys().verifying(old)?.kid).toBe(old);
  });

  it('tell of the next that it will not sign, before it is to', async () => {
    put('first');
    put('20261201T000000Z');
    expect(keys().comingFault()).toBeUndefined();
    chmodSync(file('20261201T000000Z.private.pem'), 0o644);
    expect(keys().fault()).toBeUndefined();
    expect(await new SigningKeysHealth(keys()).check()).toMatch(/^The next signing key cannot be used: .*mode 644/);
  });

  it('do not fall back to an older pair when the one that is due is spoilt', () => {
    put('first');
    put('20261101T000000Z');
    chmodSync(file('20261101T000000Z.private.pem'), 0o644);
    expect(keys().fault()).toMatch(/mode 644/);
  });
});
