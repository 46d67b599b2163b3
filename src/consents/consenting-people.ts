import type { ProvedPerson } from './acceptance-proof.dto.js';

/** Whose acceptance it is. */
export interface ConsentingPerson {
  customerUserId: number;
  organizationId: number;
}

/** Knows the customer users who accept consents. The feature that keeps them provides it, by extending the class. */
export abstract class ConsentingPeople {
  /** The website that somebody belongs to. */
  abstract websiteOf(customerUserId: number): Promise<number | undefined>;

  /** The localization that somebody prefers, if he chose one. */
  abstract localizationOf(customerUserId: number): Promise<number | undefined>;

  /** Keeps somebody from being deleted or erased until the open unit of work ends. Throws when he is gone, or was erased. */
  abstract hold(customerUserId: number): Promise<void>;

  /** How proofs name somebody. */
  abstract named(customerUserId: number): Promise<ProvedPerson | null>;
}
