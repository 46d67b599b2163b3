import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { sha256 } from '../platform/secrets/index.js';
import { type AcceptanceProof, PROOF_FORMAT, type ProofContent } from './acceptance-proof.dto.js';
import { canonical } from './canonical.js';
import { CHAIN_START, factsOf, hashOfEntry, hashOfOrigin } from './ledger-chain.js';
import { verifyProof } from './proof-verification.js';
import { hashOfText } from './translations.js';

const origin = { salt: 'grain', ip: '192.0.2.1', userAgent: 'Browser' };
const text = 'Be kind – and „fair“.\n';
const entry = {
  ...{ organizationId: 1, sequence: 3, customerUserId: 7, consentId: 2, versionNumber: 1, translationId: 9, textHash: hashOfText(text) },
  ...{
    name: 'Terms',
    locale: 'de',
    channel: 'storefront' as const,
    originHash: hashOfOrigin(origin),
    at: new Date('2026-11-23T12:00:00.007Z'),
  },
  ...{ act: 'accepted' as const, previousHash: CHAIN_START },
};

const content: ProofContent = {
  format: PROOF_FORMAT,
  issuer: 'https://shop.example',
  issuedAt: '2026-11-24T00:00:00.000Z',
  entry: factsOf(entry),
  hash: hashOfEntry(entry),
  text,
  origin,
  person: { customerUserId: 7, fullName: 'Amanda Cole', email: 'amanda@acme.example' },
};

const KEYS: [string, { publicKey: KeyObject; privateKey: KeyObject }, string | null][] = [
  ['RS256', generateKeyPairSync('rsa', { modulusLength: 2_048 }), 'sha256'],
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256'],
  ['EdDSA', generateKeyPairSync('ed25519'), null],
];

function signed(
  of = content,
  [alg, { publicKey, privateKey }, digest] = KEYS[2] as (typeof KEYS)[0],
  typ = 'consent-proof',
): AcceptanceProof {
  const header = Buffer.from(JSON.stringify({ alg, kid: 'one', typ })).toString('base64url');
  const input = Buffer.from(`${header}.${Buffer.from(canonical(of)).toString('base64url')}`);
  const signature = sign(digest, input, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { ...of, signature: { protected: header, signature, key: { ...publicKey.export({ format: 'jwk' }), kid: 'one' } } };
}

const faults = (document: unknown, published?: JsonWebKey[]) => {
  const { sound, lines } = verifyProof(document, published);
  const found = lines.filter((line) => line.startsWith('FAULT'));
  expect(sound).toBe(found.length === 0);
  return found;
};

describe('A proof of an acceptance', () => {
  it.each(KEYS)('holds with a signature of %s, after a way through any other program', (...key) => {
    const proof = signed(content, key);
    const reversed = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(proof)) as object).reverse());

    expect(faults(reversed, [proof.signature?.key ?? {}])).toEqual([]);
  });

  it('says who did what, and when', () => {
    expect(verifyProof(signed()).lines[0]).toBe(
      'ok: the hash is of the entry: customer user 7 accepted version 1 of consent 2 at 2026-11-23T12:00:00.007Z',
    );
  });

  it('holds when the origin was erased, and without a signature for as much as it says', () => {
    expect(faults(signed({ ...content, origin: null }))).toEqual([]);
    expect(faults({ ...content, signature: null })).toEqual([]);
  });

  it('is vouched for by the keys of its issuer alone, be it made up and signed under the name of one of them', () => {
    const genuine = signed();
    const { key } = genuine.signature ?? {};
    const forgedEntry = { ...content.entry, textHash: hashOfText('Be rich.') };
    const madeUp = signed({ ...content, text: 'Be rich.', entry: forgedEntry, hash: sha256(canonical(forgedEntry)) }, KEYS[1]);

    expect(verifyProof(genuine, [key ?? {}])).toMatchObject({ sound: true, signed: true });
    for (const proof of [genuine, madeUp])
      expect(verifyProof(proof)).toMatchObject({
        ...{ sound: true, signed: true },
        lines: [/^ok/, /^ok/, /^ok/, /^ok/, /^UNCHECKED: .* --jwks$/].map((line) => expect.stringMatching(line) as string),
      });
    expect(verifyProof(madeUp, [key ?? {}])).toMatchObject({ sound: false, signed: true });
    expect(verifyProof({ ...madeUp, signature: null })).toMatchObject({ sound: true, signed: false });
  });

  it('without a signature is not what an issuer’s keys can vouch for', () => {
    expect(faults({ ...content, signature: null }, [])).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['another person', { entry: { ...content.entry, customerUserId: 8 } }],
    ['another act', { entry: { ...content.entry, act: 'withdrawn' } }],
    ['a member more', { entry: { ...content.entry, more: 1 } }],
    ['another text', { text: 'Be rich.' }],
    ['another address', { origin: { ...origin, ip: '192.0.2.2' } }],
  ])('shows %s by its hashes, and by its signature', (_what, change) => {
    expect(faults({ ...signed(), ...change })).toHaveLength(2);
    expect(faults({ ...content, signature: null, ...change })).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['another name', { person: { ...content.person, fullName: 'Brenda Hayes' } }],
    ['another issuer', { issuer: 'https://elsewhere.example' }],
    ['another time', { issuedAt: '2027-01-01T00:00:00.000Z' }],
  ])('shows %s by its signature', (_what, change) => {
    expect(faults({ ...signed(), ...change })).toHaveLength(1);
  });

  it('signed by somebody else is not the issuer’s', () => {
    const [own, other] = [signed(), signed(content, KEYS[1])];

    expect(faults(other, [own.signature?.key ?? {}])).toEqual(['FAULT: the key is one that the issuer publishes']);
  });

  it('is not made of a signature for something else', () => {
    expect(faults(signed(content, KEYS[2], 'at+jwt'))).toHaveLength(1);
    const proof = signed();
    expect(faults({ ...proof, signature: { ...proof.signature, key: {} } })).toHaveLength(1);
    expect(faults({ ...proof, signature: { ...proof.signature, protected: '!' } })).toHaveLength(1);
  });

  it.each([[null], [5], [[]], [{}], [{ format: 'consent-proof/2' }], [{ ...content }], [{ ...content, entry: null, signature: null }]])(
    'is not %j',
    (document) => {
      expect(verifyProof(document)).toEqual({
        sound: false,
        signed: false,
        lines: ['FAULT: this is no proof of the format consent-proof/1.'],
      });
    },
  );
});
