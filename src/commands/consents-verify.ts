import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ConsentLedger, type KnownEntry, linesOf } from '../consents/index.js';
import { ConfigurationFault, loadConfiguration } from '../platform/config/index.js';
import { assemble, refuseStart } from '../start.js';

const HELP = `Walks the ledger of consents and names the first broken entry of each organization; ends with 1 when there is one.

  npm run consents:verify
  npm run consents:verify -- --known 1:120:<hash>   (organization, place and hash of an entry, as an earlier run printed its last)
`;

try {
  const { known = [], help } = options();
  if (help) console.log(HELP);
  else {
    const entries = known.map(readKnown);
    const app = await assemble(loadConfiguration(), 'http');
    const report = await app.get(ConsentLedger, { strict: false }).verify(entries);
    for (const line of linesOf(report)) console.log(line);
    process.exitCode = report.intact ? 0 : 1;
    await app.close();
  }
} catch (error) {
  refuseStart(error);
}

function options() {
  try {
    return parseArgs({ options: { known: { type: 'string', multiple: true }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new ConfigurationFault([(error as Error).message]);
  }
}

function readKnown(text: string): KnownEntry {
  const [organizationId, sequence, hash] = /^([1-9]\d*):([1-9]\d*):([\da-f]{64})$/.exec(text)?.slice(1) ?? [];
  if (hash === undefined) throw new ConfigurationFault([`--known ${text} must be <organization>:<place>:<hash in hexadecimal>`]);
  return { organizationId: Number(organizationId), sequence: Number(sequence), hash };
}
