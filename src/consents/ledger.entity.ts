import { Entity, ForeignKey, Index } from 'typeorm';
import { BigInteger, Id, Instant, Integer, KeyReference, Reference, Text } from '../platform/database/index.js';
import type { ConsentChannel } from './acceptances.dto.js';

export type ConsentAct = 'accepted' | 'withdrawn';

/**
 * Who accepted or withdrew what, and when. Append-only: rows are inserted and read, never updated or deleted. Each is chained to the
 * one before it in its organization by `hash`, which covers every member but `id`.
 */
@Entity('consent_ledger')
@Index('uq_consent_ledger_sequence', ['organizationId', 'sequence'], { unique: true })
@Index('ix_consent_ledger_person', ['customerUserId', 'consentId', 'sequence'])
@Index('ix_consent_ledger_consent', ['consentId', 'id'])
@Index('ix_consent_ledger_consent_at', ['consentId', 'at', 'id'])
@Index('ix_consent_ledger_consent_version', ['consentId', 'versionNumber', 'id'])
@Index('ix_consent_ledger_consent_act', ['consentId', 'act', 'id'])
@Index('ix_consent_ledger_consent_channel', ['consentId', 'channel', 'id'])
@Index('ix_consent_ledger_customer_user', ['customerUserId', 'id'])
@Index('ix_consent_ledger_translation', ['translationId'])
export class LedgerEntry {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_consent_ledger_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  /** From 1, without a gap, per organization. */
  @BigInteger()
  sequence: number;

  /** No foreign key: the ledger outlives the person, for whom the id then stands as a pseudonym. */
  @Reference()
  customerUserId: number;

  @ForeignKey('consents', { name: 'fk_consent_ledger_consent', onDelete: 'RESTRICT' })
  @Reference()
  consentId: number;

  @Integer()
  versionNumber: number;

  /** Where the exact text is kept. */
  @ForeignKey('consent_translations', { name: 'fk_consent_ledger_translation', onDelete: 'RESTRICT' })
  @Reference()
  translationId: number;

  /** SHA-256 of the exact text that was shown, in UTF-8, hexadecimal. */
  @Text(64)
  textHash: string;

  /** The consent's name as it was shown. */
  @Text(255)
  name: string;

  /** BCP 47; NULL when the person asked for no language. */
  @Text(35, { nullable: true })
  locale: string | null;

  @Text(30)
  channel: ConsentChannel;

  /** Of the entry's {@link LedgerOrigin}, which may be erased without breaking the chain. */
  @Text(64)
  originHash: string;

  @Instant()
  at: Date;

  @Text(20)
  act: ConsentAct;

  @Text(64)
  previousHash: string;

  @Text(64)
  hash: string;
}

/** The end of an organization's chain. Whoever appends holds its lock. */
@Entity('consent_ledger_heads')
export class LedgerHead {
  @ForeignKey('organizations', { name: 'fk_consent_ledger_heads_organization', onDelete: 'RESTRICT' })
  @KeyReference()
  organizationId: number;

  @BigInteger()
  sequence: number;

  @Text(64)
  hash: string;
}

/** From where a person acted: personal data, apart from the ledger so that it can be erased on his demand while the entry stays. */
@Entity('consent_ledger_origins')
export class LedgerOrigin {
  @ForeignKey('consent_ledger', { name: 'fk_consent_ledger_origins_entry', onDelete: 'RESTRICT' })
  @KeyReference()
  entryId: number;

  /** Keeps the hash of an erased origin from being guessed: there are too few addresses. */
  @Text(22)
  salt: string;

  @Text(45, { nullable: true })
  ip: string | null;

  @Text(255, { nullable: true })
  userAgent: string | null;
}
