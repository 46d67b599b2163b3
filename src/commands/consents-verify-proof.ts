import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { JsonWebKey } from 'node:crypto';
import { verifyProof } from '../consents/index.js';
import { ConfigurationFault } from '../platform/config/index.js';
import { refuseStart } from '../start.js';

const HELP = `Verifies a proof of a consent, without database or configuration; ends with 1 when it does not hold.

  npm run consents:verify-proof -- proof.json
  npm run consents:verify-proof -- proof.json --jwks https://shop.example.com/.well-known/jwks.json   (a URL, or a file that was kept)
`;

try {
  const { file, jwks } = options();
  if (file === undefined) console.log(HELP);
  else {
    const report = verifyProof(await read(file), jwks === undefined ? undefined : await keysAt(jwks));
    for (const line of report.lines) console.log(line);
    process.exitCode = report.sound ? 0 : 1;
  }
} catch (error) {
  refuseStart(error);
}

function options() {
  try {
    const { positionals, values } = parseArgs({ options: { jwks: { type: 'string' } }, allowPositionals: true });
    return { file: positionals[0], jwks: values.jwks };
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
