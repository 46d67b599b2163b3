import { ClientSecrets, isClientSecret } from './client-secret.js';
import { Random } from '../../platform/clock/index.js';
import { Vault } from '../../platform/secrets/index.js';

const secrets = new ClientSecrets(new Random(), new Vault({ sessionSecret: 'a-session-secret-of-more-than-32-characters' }));

describe('Client secrets', () => {
  it('have a prefix, 256 random bits and a checksum', () => {
    const { secret } = secrets.create();
    expect(secret).toMatch(/^cis_[A-Za-z0-9_-]{43}[0-9a-z]{7}$/);
    expect(isClientSecret(secret)).toBe(true);
    expect(secrets.create().secret).not.toBe(secret);
  });

  it('show a typing error by their checksum', () => {
    const { secret } = secrets.create();
    const mistyped = `${secret.slice(0, 10)}${secret[10] === 'a' ? 'b' : 'a'}${secret.slice(11)}`;
    expect(isClientSecret(mistyped)).toBe(false);
    expect(isClientSecret(secret.slice(0, -1))).toBe(false);
    expect(isClientSecret('')).toBe(false);
  });

  it('are kept as a keyed hash, and known by their last four characters', () => {
    const { secret, hash, hint } = secrets.create();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).toBe(secrets.hash(secret));
    expect(hint).toBe(secret.slice(-4));
    const elsewhere = new ClientSecrets(new Random(), new Vault({ sessionSecret: 'another-session-secret-of-32-characters!' }));
    expect(elsewhere.hash(secret)).not.toBe(hash);
  });
});
