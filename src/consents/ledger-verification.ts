import { Injectable } from '@nestjs/common';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import { CHAIN_START, hashOfEntry, hashOfOrigin } from './ledger-chain.js';
import type { LedgerEntry, LedgerOrigin } from './ledger.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { hashOfText } from './translations.js';

const BATCH = 500;

/** The first place of a chain that is not as it was written. */
export interface BrokenEntry {
  sequence: number;
  /** null when no entry is at this place. */
  entryId: number | null;
  fault: 'missing' | 'altered' | 'unchained' | 'text_altered' | 'origin_altered' | 'head_altered' | 'written_anew';
}

/** An entry's hash as somebody kept it outside of the database. */
export interface KnownEntry {
  organizationId: number;
  sequence: number;
  hash: string;
}

/** The chain of an organization as it was found. */
export interface ChainReport {
  organizationId: number;
  /** How many entries are sound, up to the end or to the first that is broken. */
  entries: number;
  /** Of these, how many have had their origin erased. */
  withoutOrigin: number;
  /** Of the last sound entry. Kept elsewhere, it proves later that the chain up to it was neither written anew nor cut off. */
  hash: string;
  broken: BrokenEntry | null;
}

export interface LedgerReport {
  intact: boolean;
  chains: ChainReport[];
}

/** Walks the chains and proves each entry, the text that it refers to, and where it came from. Writers need not wait for it. */
@Injectable()
export class LedgerVerification {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly versions: ConsentVersionsRepository,
  ) {}

  /** Holds the chains against themselves, and against what is known of their entries from elsewhere. */
  async verify(known: readonly KnownEntry[] = []): Promise<LedgerReport> {
    const chains: ChainReport[] = [];
    const ids = new Set([...(await this.ledger.organizations()), ...known.map(({ organizationId }) => organizationId)]);
    for (const organizationId of [...ids].sort((a, b) => a - b))
      chains.push(await this.verifyChain(organizationId, hashesOf(organizationId, known)));
    return { intact: chains.every(({ broken }) => broken === null), chains };
  }

  private async verifyChain(organizationId: number, known: ReadonlyMap<number, string>): Promise<ChainReport> {
    const report: ChainReport = { organizationId, entries: 0, withoutOrigin: 0, hash: CHAIN_START, broken: null };
    const textHashes = new Map<number, string>();
    for (;;) {
      // Read first: entries are only ever added, so those that this head counts must be found after it.
      const head = await this.ledger.headOf(organizationId);
      const batch = await this.ledger.following(organizationId, report.entries, BATCH);
      if (batch.length === 0) {
        report.broken = brokenEnd(report, head, known);
        return report;
      }
      await this.readTexts(batch, textHashes);
      const origins = await this.ledger.originsOf(batch.map(({ id }) => id));
      const altered = await this.ledger.overPrecise(organizationId, report.entries, batch.at(-1)?.sequence ?? report.entries);
      for (const entry of batch) {
        const origin = origins.get(entry.id);
        report.broken =
          brokenEntry(report, entry, textHashes.get(entry.translationId), origin) ??
          timeAltered(entry, altered) ??
          writtenAnew(entry, known.get(entry.sequence));
        if (report.broken) return report;
        report.entries = entry.sequence;
        report.hash = entry.hash;
        if (!origin) report.withoutOrigin++;
      }
    }
  }

  /** Each text is read and hashed once, however many entries refer to it. */
  private async readTexts(batch: readonly LedgerEntry[], hashes: Map<number, string>): Promise<void> {
    const unread = new Set(batch.map(({ translationId }) => translationId).filter((id) => !hashes.has(id)));
    for (const [id, { text }] of await this.versions.translations([...unread])) hashes.set(id, hashOfText(text));
  }
}

const hashesOf = (organizationId: number, known: readonly KnownEntry[]): Map<number, string> =>
  new Map(known.filter((entry) => entry.organizationId === organizationId).map(({ sequence, hash }) => [sequence, hash]));

function brokenEntry(
  { entries, hash }: ChainReport,
  entry: LedgerEntry,
  textHash: string | undefined,
  origin: LedgerOrigin | undefined,
): BrokenEntry | null {
  const { sequence, id: entryId } = entry;
  if (sequence !== entries + 1) return { sequence: entries + 1, entryId: null, fault: 'missing' };
  if (hashOfEntry(entry) !== entry.hash) return { sequence, entryId, fault: 'altered' };
  if (entry.previousHash !== hash) return { sequence, entryId, fault: 'unchained' };
  if (textHash !== entry.textHash) return { sequence, entryId, fault: 'text_altered' };
  if (origin && hashOfOrigin(origin) !== entry.originHash) return { sequence, entryId, fault: 'origin_altered' };
  return null;
}

const timeAltered = ({ sequence, id: entryId }: LedgerEntry, altered: ReadonlySet<number>): BrokenEntry | null =>
  altered.has(entryId) ? { sequence, entryId, fault: 'altered' } : null;

const writtenAnew = ({ sequence, id: entryId, hash }: LedgerEntry, known: string | undefined): BrokenEntry | null =>
  known === undefined || known === hash ? null : { sequence, entryId, fault: 'written_anew' };

/** The head, read before the last entries were looked for, has to be their end, and no entry that is known may lie beyond. */
function brokenEnd(
  { entries, hash }: ChainReport,
  head: { sequence: number; hash: string } | null,
  known: ReadonlyMap<number, string>,
): BrokenEntry | null {
  const end = head ?? { sequence: 0, hash: CHAIN_START };
  if (Math.max(end.sequence, ...known.keys()) > entries) return { sequence: entries + 1, entryId: null, fault: 'missing' };
  return end.sequence < entries || end.hash !== hash ? { sequence: entries, entryId: null, fault: 'head_altered' } : null;
}
