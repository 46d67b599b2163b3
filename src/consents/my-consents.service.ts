import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { Page, RequestOf } from '../platform/listing/index.js';
import { type ConsentingPerson, ConsentLedger } from './consent-ledger.service.js';
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
  ) {}

  list(request: RequestOf<typeof offerListing>): Promise<Page<MyConsentView>> {
    return this.offers.listMine(this.me(), request);
  }

  get(consentId: number, reading: ConsentReading): Promise<MyConsentView> {
    return this.offers.getMine(this.me(), consentId, reading);
  }

  accept({ consentId, version, localizationId }: ConsentAcceptance): Promise<MyConsentView> {
    const me = this.me();
    return this.work.run(async () => {
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
