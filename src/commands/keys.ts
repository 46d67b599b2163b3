import { parseArgs } from 'node:util';
import { ALGORITHMS, makeKeys } from '../oauth/index.js';
import { ConfigurationFault, loadConfiguration } from '../platform/config/index.js';
import { refuseStart } from '../start.js';

try {
  const { message, faults } = await makeKeys(loadConfiguration().keys.folder, order());
  console.log(message);
  // No failure: the product runs without keys, and says so where it matters.
  for (const fault of faults) console.error(`Unusable: ${fault}`);
} catch (error) {
  refuseStart(error);
}

/** `--alg RS256|ES256|EdDSA`, `--rotate`. */
function order() {
  const { alg, rotate } = options();
  const algorithm = ALGORITHMS.find((name) => name === alg);
  if (alg !== undefined && !algorithm) throw new ConfigurationFault([`--alg must be one of ${ALGORITHMS.join(', ')}`]);
  return { algorithm, rotate };
}

function options() {
  try {
    return parseArgs({ options: { alg: { type: 'string' }, rotate: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new ConfigurationFault([(error as Error).message]);
  }
}
