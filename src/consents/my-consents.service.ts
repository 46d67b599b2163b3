import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { ListRequest, Page, RequestOf } from '../platform/listing/index.js';
import type { AcceptanceProof } from './acceptance-proof.dto.js';
import { AcceptanceProofs } from './acceptance-proofs.service.js';
import type { AcceptedConsentView } from './acceptances.dto.js';
import { ConsentLedger } from './consent-ledger.service.js';
import type { ConsentingPerson } from './consenting-people.js';
import { ConsentOffers } from './consent-offers.service.js';
import type { offerListing } from './consents.listing.js';
import type { ConsentAcceptance, ConsentReading, MyConsentView } from './storefront-consents.dto.js';

/** The consents of the customer user who acts. */
@Injectable()
export class MyConsents {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly offers: ConsentOffers,
    private readonly ledger: ConsentLedger,
    private readonly proofs: AcceptanceProofs,
  ) {}

  list(request: RequestOf<typeof offerListing>): Promise<Page<MyConsentView>> {
    return this.offers.listMine(this.me(), request);
  }

  get(consentId: number, reading: ConsentReading): Promise<MyConsentView> {
    return this.offers.getMine(this.me(), consentId, reading);
  }

  /** What he accepted and withdrew of the consent, with the exact texts; also of one that is not asked for any more. */
  async acceptances(consentId: number, request: ListRequest): Promise<Page<AcceptedConsentView>> {
    const { customerUserId, organizationId } = this.me();
    return this.ledger.acceptancesOf(customerUserId, request, await this.ledger.get(consentId, organizationId));
  }

  async proof(consentId: number, acceptanceId: number): Promise<AcceptanceProof> {
    const { customerUserId, organizationId } = this.me();
    await this.ledger.get(consentId, organizationId);
    return this.proofs.ofPerson(customerUserId, acceptanceId, consentId);
  }

  accept({ consentId, version, localizationId: given }: ConsentAcceptance): Promise<MyConsentView> {
    const me = this.me();
    return this.work.run(async () => {
      const localizationId = given ?? (await this.offers.preferredBy(me));
      await this.ledger.accept(me, { consentId, version, localizationId }, 'storefront');
      return this.offers.getMine(me, consentId, { localizationId });
    });
  }

  withdraw(consentId: number): Promise<void> {
    return this.ledger.withdraw(this.me(), consentId, 'storefront');
  }

  private me(): ConsentingPerson {
    const { id, organizationId } = this.context.principal();
    return { customerUserId: id, organizationId };
  }
}
