import type { BrokenEntry, ChainReport, LedgerReport } from './ledger-verification.js';

const FAULTS: Record<BrokenEntry['fault'], string> = {
  missing: 'it is missing',
  altered: 'its members do not give its hash',
  unchained: 'it does not follow the entry before it',
  text_altered: 'the text that it refers to is another one',
  origin_altered: 'the address or browser kept beside it is another one',
  head_altered: 'the head of the chain does not name it as the last',
  written_anew: 'its hash is not the one that was kept elsewhere',
};

/** What the ledger was found to be, for the person at the console: a line for each organization, with the first broken entry. */
export const linesOf = ({ chains }: LedgerReport): string[] => (chains.length === 0 ? ['The ledger is empty.'] : chains.map(lineOf));

function lineOf({ organizationId, entries, withoutOrigin, hash, broken }: ChainReport): string {
  const place = `Organization ${organizationId}:`;
  const last = entries === 0 ? '' : ` The last is ${organizationId}:${entries}:${hash}`;
  if (!broken) return `${place} ${entries} entries are sound, ${withoutOrigin} of them with their origin erased.${last}`;
  const entry = broken.entryId === null ? `entry ${broken.sequence}` : `entry ${broken.sequence} (id ${broken.entryId})`;
  return `${place} broken at ${entry}: ${FAULTS[broken.fault]}. ${entries} entries before it are sound.`;
}
