import { makeKeys } from '../oauth/index.js';
import { loadConfiguration } from '../platform/config/index.js';
import { refuseStart } from '../start.js';

try {
  const { message, faults } = await makeKeys(loadConfiguration().keys.folder);
  console.log(message);
  // No failure: the product runs without keys, and says so where it matters.
  for (const fault of faults) console.error(`Unusable: ${fault}`);
} catch (error) {
  refuseStart(error);
}
