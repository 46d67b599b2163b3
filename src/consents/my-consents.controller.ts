import { Body, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { IdParam, StorefrontController, Unversioned } from '../platform/http/index.js';
import { ApiListing, ListQuery, type Page, type RequestOf } from '../platform/listing/index.js';
import { offerListing } from './consents.listing.js';
import { MyConsents } from './my-consents.service.js';
import { ConsentAcceptance, ConsentReading, MyConsentView } from './storefront-consents.dto.js';

/** What a person has agreed to is his own affair: applications are let in neither to read nor to decide. */
@StorefrontController('me/consents', 'Consents')
export class MyConsentsController {
  constructor(private readonly mine: MyConsents) {}

  @Get()
  @Authenticated()
  @ApiListing(offerListing, MyConsentView)
  list(@ListQuery(offerListing) request: RequestOf<typeof offerListing>): Promise<Page<MyConsentView>> {
    return this.mine.list(request);
  }

  @Get(':consentId')
  @Authenticated()
  get(@IdParam('consentId') consentId: number, @Query() reading: ConsentReading): Promise<MyConsentView> {
    return this.mine.get(consentId, reading);
  }

  @Post()
  @Authenticated()
  accept(@Body() acceptance: ConsentAcceptance): Promise<MyConsentView> {
    return this.mine.accept(acceptance);
  }

  @Delete(':consentId')
  @Unversioned()
  @HttpCode(204)
  @Authenticated()
  withdraw(@IdParam('consentId') consentId: number): Promise<void> {
    return this.mine.withdraw(consentId);
  }
}
