import { itKeepsConsents } from './journey/consents.js';
import { itExportsPeople } from './journey/exports.js';
import { itImportsPeople } from './journey/imports.js';
import { Journey } from './journey/journey.js';
import { itLetsApplicationsAct } from './journey/oauth.js';
import { itManagesPeople } from './journey/people.js';

export { Journey };

/** The main job of the product from the first login to the last file, over HTTP, as the steps of one suite: each builds on those before it. */
export function itWalksTheJourney(journey: () => Journey): void {
  itManagesPeople(journey);
  itImportsPeople(journey);
  itLetsApplicationsAct(journey);
  itKeepsConsents(journey);
  itExportsPeople(journey);
}
