import type { Client } from '../client.js';
import type { Mailbox } from '../mails.js';

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
