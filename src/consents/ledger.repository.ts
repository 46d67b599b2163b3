import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, MoreThan, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { Clock, Random } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { CHAIN_START, hashOfEntry, hashOfOrigin } from './ledger-chain.js';
import { LedgerEntry, LedgerHead, LedgerOrigin } from './ledger.entity.js';

/** What an act says; the ledger adds its place in the chain, and from where and when. */
export type LedgerAct = Omit<LedgerEntry, 'id' | 'organizationId' | 'sequence' | 'originHash' | 'at' | 'previousHash' | 'hash'>;

@Injectable()
export class LedgerRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * The end of the organization's chain, which nobody else appends to until the unit of work ends: what is read after this
   * about the ledger holds until then.
   */
  async lock(organizationId: number): Promise<LedgerHead> {
    const held = await this.findLocked(organizationId);
    if (held) return held;
    await this.start(organizationId);
    const started = await this.findLocked(organizationId);
    if (!started) throw new Error(`The ledger of the organization ${organizationId} has no head.`);
    return started;
  }

  /** Makes the head of a chain, unless it is there. An upsert, since on MySQL it takes the lock that a plain insert takes in two steps. */
  async start(organizationId: number): Promise<void> {
    await this.work
      .repository(LedgerHead)
      .createQueryBuilder()
      .insert()
      .values({ organizationId, sequence: 0, hash: CHAIN_START })
      .orUpdate(['organization_id'], ['organization_id'])
      .updateEntity(false)
      .execute();
  }

  async append(head: LedgerHead, act: LedgerAct): Promise<LedgerEntry> {
    const { ip, userAgent } = this.context.get();
    const origin = { salt: this.random.token(128), ip: ip ?? null, userAgent: userAgent ?? null };
    const { organizationId, sequence, hash: previousHash } = head;
    const facts = { ...act, organizationId, sequence: sequence + 1, originHash: hashOfOrigin(origin), at: this.clock.now(), previousHash };
    const entry = await this.work.repository(LedgerEntry).save(Object.assign(new LedgerEntry(), { ...facts, hash: hashOfEntry(facts) }));
    await this.work.repository(LedgerOrigin).insert({ ...origin, entryId: entry.id });
    await this.work.repository(LedgerHead).update({ organizationId }, { sequence: entry.sequence, hash: entry.hash });
    return entry;
  }

  /** The person's last act on each of the consents. */
  async lastActs(customerUserId: number, consentIds: readonly number[]): Promise<Map<number, LedgerEntry>> {
    if (consentIds.length === 0) return new Map();
    const query = this.entries().where('entry.customerUserId = :customerUserId', { customerUserId });
    const rows = await query.andWhere('entry.consentId IN (:...consentIds)', { consentIds }).andWhere(isLastAct(query)).getMany();
    return new Map(rows.map((row) => [row.consentId, row]));
  }

  find(where: FindOptionsWhere<LedgerEntry>): Promise<LedgerEntry | null> {
    return this.work.repository(LedgerEntry).findOneBy(where);
  }

  entries() {
    return this.work.repository(LedgerEntry).createQueryBuilder('entry');
  }

  has(consentId: number): Promise<boolean> {
    return this.work.repository(LedgerEntry).existsBy({ consentId });
  }

  /** Those that are not erased, by entry. */
  async originsOf(entryIds: readonly number[]): Promise<Map<number, LedgerOrigin>> {
    const rows = await this.work.repository(LedgerOrigin).findBy({ entryId: In(entryIds) });
    return new Map(rows.map((row) => [row.entryId, row]));
  }

  /** The organizations that have a chain, or a part of one. */
  async organizations(): Promise<number[]> {
    const heads = await this.work.repository(LedgerHead).find();
    const entries = await this.entries().select('entry.organizationId', 'id').distinct(true).getRawMany<{ id: number | string }>();
    return [...new Set([...heads.map(({ organizationId }) => organizationId), ...entries.map(({ id }) => Number(id))])].sort(
      (a, b) => a - b,
    );
  }

  headOf(organizationId: number): Promise<LedgerHead | null> {
    return this.work.repository(LedgerHead).findOneBy({ organizationId });
  }

  /** Up to `count` entries behind a place in the chain, in its order. */
  following(organizationId: number, sequence: number, count: number): Promise<LedgerEntry[]> {
    return this.work
      .repository(LedgerEntry)
      .find({ where: { organizationId, sequence: MoreThan(sequence) }, order: { sequence: 'ASC' }, take: count });
  }

  /**
   * Of the entries from one place to another, those whose time has more digits than the milliseconds that an entry is written with: more
   * than what is read of it, and so more than what its hash covers.
   */
  async overPrecise(organizationId: number, from: number, to: number): Promise<Set<number>> {
    const rows = await this.entries()
      .select('entry.id', 'id')
      .where('entry.organizationId = :organizationId AND entry.sequence BETWEEN :from AND :to', { organizationId, from, to })
      .andWhere('SUBSTR(entry.at, :behind) NOT IN (:...none)', { behind: '0000-00-00 00:00:00.000'.length + 1, none: ['', '000'] })
      .getRawMany<{ id: number | string }>();
    return new Set(rows.map(({ id }) => Number(id)));
  }

  private findLocked(organizationId: number): Promise<LedgerHead | null> {
    return this.work.repository(LedgerHead).findOne({ where: { organizationId }, lock: this.work.forUpdate });
  }
}

/** SQL that says whether `entry` is what its person did last about its consent. */
export function isLastAct<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): string {
  const later = query
    .subQuery()
    .select('1')
    .from(LedgerEntry, 'later')
    .where('later.customerUserId = entry.customerUserId')
    .andWhere('later.consentId = entry.consentId')
    .andWhere('later.sequence > entry.sequence');
  return `NOT EXISTS ${later.getQuery()}`;
}
