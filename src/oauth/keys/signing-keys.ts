import { performance } from 'node:perf_hooks';
import type { JsonWebKey } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock, HOUR, MINUTE, SECOND } from '../../platform/clock/index.js';
import { KeySettings } from '../../platform/config/index.js';
import { type BrokenPair, fingerprintOf, jwkOf, type KeyPair, readPairs } from './key-files.js';
import { KeysUnavailable } from '../oauth.errors.js';

/** How long an access token is good, in milliseconds; a key that no longer signs verifies as long. */
export const TOKEN_LIFETIME = HOUR;

/** How long answers about the keys may be kept by others, in milliseconds. */
export const KEYS_CACHED = 5 * MINUTE;

/** The next key is published for so long before it signs: whoever keeps the keys has it by then, twice over. */
export const ROTATION_LEAD = 2 * KEYS_CACHED;

/** How often, at most, the folder is looked at. */
const LOOK_EVERY = SECOND;

/** The keys that sign access tokens, as they are in their folder now. */
@Injectable()
export class SigningKeys {
  private readonly logger = new Logger('SigningKeys');
  private pairs: (KeyPair | BrokenPair)[] = [];
  private fingerprint: string | undefined;
  private lookedAt = -Infinity;

  constructor(
    private readonly settings: KeySettings,
    private readonly clock: Clock,
  ) {}

  /** The key that signs now. Throws {@link KeysUnavailable}. */
  signing(): KeyPair {
    const pair = this.due();
    if (!pair || 'fault' in pair) throw new KeysUnavailable();
    return pair;
  }

  /** Why nothing can be signed, for operators; `undefined` when all is well. */
  fault(): string | undefined {
    const pair = this.due();
    if (!pair) return `There is no signing key in ${this.settings.folder}; \`npm run keys\` makes one.`;
    return 'fault' in pair ? pair.fault : undefined;
  }

  /** Why the key that is to sign next cannot; `undefined` when it can, or there is none. */
  comingFault(): string | undefined {
    const now = this.clock.now();
    const broken = this.current().find((pair): pair is BrokenPair => pair.signsFrom > now && 'fault' in pair);
    return broken && `The next signing key cannot be used: ${broken.fault}`;
  }

  /** The key with which tokens of this `kid` are verified. */
  verifying(kid: string): KeyPair | undefined {
    return this.published().find((pair) => pair.kid === kid);
  }

  /** The public keys: the one that signs, those that will, and those whose tokens may still be about. */
  jwks(): { keys: JsonWebKey[] } {
    return { keys: this.published().map(jwkOf) };
  }

  private published(): KeyPair[] {
    const pairs = this.current();
    const now = this.clock.now().getTime();
    // When a pair without a time in its name came to sign, nobody can tell: the one before it verifies until it is taken away.
    const isOver = (next: { signsFrom: Date } | undefined) =>
      next !== undefined && next.signsFrom.getTime() > 0 && now >= next.signsFrom.getTime() + TOKEN_LIFETIME;
    return pairs.filter((_pair, index) => !isOver(pairs[index + 1])).filter((pair): pair is KeyPair => 'kid' in pair);
  }

  private due(): KeyPair | BrokenPair | undefined {
    const now = this.clock.now();
    return this.current().findLast(({ signsFrom }) => signsFrom <= now);
  }

  private current(): readonly (KeyPair | BrokenPair)[] {
    if (performance.now() - this.lookedAt < LOOK_EVERY) return this.pairs;
    const fingerprint = fingerprintOf(this.settings.folder);
    if (fingerprint !== this.fingerprint) {
      this.pairs = readPairs(this.settings.folder);
      for (const pair of this.pairs) if ('fault' in pair) this.logger.warn(`A signing key cannot be used: ${pair.fault}`);
      if (this.pairs.length === 0) this.logger.warn(`There is no signing key in ${this.settings.folder}; \`npm run keys\` makes one.`);
      this.fingerprint = fingerprint;
    }
    this.lookedAt = performance.now();
    return this.pairs;
  }
}
