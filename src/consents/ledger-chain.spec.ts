import { createHash } from 'node:crypto';
import { canonicalEntry, CHAIN_START, hashOfEntry, hashOfOrigin } from './ledger-chain.js';

const entry = {
  organizationId: 1,
  sequence: 1,
  customerUserId: 7,
  consentId: 3,
  versionNumber: 2,
  translationId: 9,
  textHash: 'a'.repeat(64),
  name: 'Terms "of" Ωse',
  locale: null,
  channel: 'storefront' as const,
  originHash: 'b'.repeat(64),
  at: new Date('2026-11-23T12:00:00.007Z'),
  act: 'accepted' as const,
  previousHash: CHAIN_START,
};

describe('The hash chain of the consent ledger', () => {
  it('serialises an entry with sorted members and without white space', () => {
    expect(canonicalEntry(entry)).toBe(
      `{"act":"accepted","at":"2026-11-23T12:00:00.007Z","channel":"storefront","consentId":3,"customerUserId":7,"format":1,"locale":null,` +
        `"name":"Terms \\"of\\" Ωse","organizationId":1,"originHash":"${'b'.repeat(64)}","previousHash":"${'0'.repeat(64)}","sequence":1,` +
        `"textHash":"${'a'.repeat(64)}","translationId":9,"version":2}`,
    );
  });

  it('hashes that text with SHA-256', () => {
    expect(hashOfEntry(entry)).toBe(createHash('sha256').update(canonicalEntry(entry), 'utf8').digest('hex'));
  });

  it('does not depend on the order of an entry’s members, nor on members that it does not cover', () => {
    const reversed = Object.fromEntries(Object.entries({ ...entry, id: 5, hash: 'x' }).reverse()) as unknown as typeof entry;
    expect(hashOfEntry(reversed)).toBe(hashOfEntry(entry));
  });

  it.each([
    ['organizationId', 2],
    ['sequence', 2],
    ['customerUserId', 8],
    ['consentId', 4],
    ['versionNumber', 1],
    ['translationId', 10],
    ['textHash', 'c'.repeat(64)],
    ['name', 'Terms'],
    ['locale', 'de'],
    ['channel', 'registration'],
    ['originHash', 'c'.repeat(64)],
    ['at', new Date('2026-11-23T12:00:00.008Z')],
    ['act', 'withdrawn'],
    ['previousHash', '1'.repeat(64)],
  ])('changes with %s', (member, value) => {
    expect(hashOfEntry({ ...entry, [member]: value })).not.toBe(hashOfEntry(entry));
  });

  it('commits to an origin without telling it', () => {
    const origin = { salt: 'one', ip: '192.0.2.1', userAgent: null };
    expect(hashOfOrigin({ ...origin })).toBe(hashOfOrigin(origin));
    expect(hashOfOrigin({ ...origin, salt: 'two' })).not.toBe(hashOfOrigin(origin));
    expect(hashOfOrigin({ ...origin, ip: '192.0.2.2' })).not.toBe(hashOfOrigin(origin));
    expect(hashOfOrigin({ ...origin, userAgent: 'Browser' })).not.toBe(hashOfOrigin(origin));
  });
});
