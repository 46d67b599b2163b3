import type { Client } from './client.js';
import { itManagesPeople } from './journey/people.js';
import { itImportsPeople } from './journey/imports.js';
import { itLetsApplicationsAct } from './journey/oauth.js';
import { itKeepsConsents } from './journey/consents.js';
import { itExportsPeople } from './journey/exports.js';
import type { Mailbox } from './mails.js';

/** Where the journey goes, and what it has come to so far. */
export class Journey {
  /** The admin's calls. */
  admin: Client;
  /** The customer user's calls. */
  amanda: Client;
  customerId: number;
  amandaId: number;
  buyerRoleId: number;

  constructor(
    readonly anybody: Client,
    readonly credentials: { readonly email: string; readonly password: string },
    readonly mails: Mailbox,
  ) {}
}

/** The main job of the product from the first login to the last file, over HTTP, as the steps of one suite: each builds on those before it. */
export function itWalksTheJourney(journey: () => Journey): void {
  itManagesPeople(journey);
  itImportsPeople(journey);
  itLetsApplicationsAct(journey);
  itKeepsConsents(journey);
  itExportsPeople(journey);
}
