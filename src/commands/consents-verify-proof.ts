import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { JsonWebKey } from 'node:crypto';
import { verifyProof } from '../consents/index.js';
import { ConfigurationFault } from '../platform/config/index.js';
import { refuseStart } from '../start.js';

const HELP = `Verifies a proof of a consent, without database or configuration.

  npm run consents:verify-proof -- proof.json --jwks https://shop.example.com/.well-known/jwks.json   (a URL, or a file that was kept)
  npm run consents:verify-proof -- proof.json              (by the key in it alone: whose that is, nobody has looked)
  npm run consents:verify-proof -- proof.json --unsigned   (takes one without a signature as well)

Ends with 1 when the proof does not hold, and with 2 when it does and is not signed, so that anybody may have made it up.
`;

try {
  const { file, jwks, unsigned } = options();
  if (file === undefined) console.log(HELP);
  else {
    const { sound, signed, lines } = verifyProof(await read(file), jwks === undefined ? undefined : await keysAt(jwks));
    for (const line of lines) console.log(line);
    process.exitCode = !sound ? 1 : signed || unsigned ? 0 : 2;
  }
} catch (error) {
  refuseStart(error);
}

function options() {
  try {
    const known = { jwks: { type: 'string' }, unsigned: { type: 'boolean', default: false } } as const;
    const { positionals, values } = parseArgs({ options: known, allowPositionals: true });
    return { file: positionals[0], ...values };
  } catch (error) {
    throw new ConfigurationFault([(error as Error).message]);
  }
}

async function read(place: string): Promise<unknown> {
  try {
    return JSON.parse(/^https?:/.test(place) ? await (await fetch(place)).text() : await readFile(place, 'utf8'));
  } catch (error) {
    throw new ConfigurationFault([`${place} cannot be read as JSON: ${(error as Error).message}`]);
  }
}

async function keysAt(place: string): Promise<JsonWebKey[]> {
  const { keys } = (await read(place)) as { keys?: JsonWebKey[] };
  if (!Array.isArray(keys)) throw new ConfigurationFault([`${place} is no JWK set`]);
  return keys;
}
