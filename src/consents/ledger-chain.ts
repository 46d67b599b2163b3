import { sha256 } from '../platform/secrets/index.js';
import { canonical } from './canonical.js';
import type { LedgerEntry, LedgerOrigin } from './ledger.entity.js';

/** The hash that a chain starts from. */
export const CHAIN_START = '0'.repeat(64);

/** Raised when members are added, so that entries of every format can be verified. */
const FORMAT = 1;

type Facts = Omit<LedgerEntry, 'id' | 'hash'>;

/** The members that an entry's hash covers. */
export const factsOf = (entry: Facts) => ({
  format: FORMAT,
  organizationId: entry.organizationId,
  sequence: entry.sequence,
  customerUserId: entry.customerUserId,
  consentId: entry.consentId,
  version: entry.versionNumber,
  translationId: entry.translationId,
  textHash: entry.textHash,
  name: entry.name,
  locale: entry.locale,
  channel: entry.channel,
  originHash: entry.originHash,
  at: entry.at.toISOString(),
  act: entry.act,
  previousHash: entry.previousHash,
});

/** The same as the text that is hashed. */
export const canonicalEntry = (entry: Facts): string => canonical(factsOf(entry));

export const hashOfEntry = (entry: Facts): string => sha256(canonicalEntry(entry));

export const hashOfOrigin = ({ salt, ip, userAgent }: Omit<LedgerOrigin, 'entryId'>): string => sha256(canonical({ salt, ip, userAgent }));
