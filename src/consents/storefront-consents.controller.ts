import { Get } from '@nestjs/common';
import { Public } from '../platform/authorization/index.js';
import { StorefrontController } from '../platform/http/index.js';
import { ApiListing, ListQuery, type Page, type RequestOf } from '../platform/listing/index.js';
import { ConsentOffers } from './consent-offers.service.js';
import { offerListing } from './consents.listing.js';
import { OfferedConsentView } from './storefront-consents.dto.js';

@StorefrontController('consents', 'Consents')
export class StorefrontConsentsController {
  constructor(private readonly offers: ConsentOffers) {}

  /** What a website asks for, for those who are about to register. */
  @Get()
  @Public()
  @ApiListing(offerListing, OfferedConsentView)
  list(@ListQuery(offerListing) request: RequestOf<typeof offerListing>): Promise<Page<OfferedConsentView>> {
    return this.offers.list(request);
  }
}
