import { Body, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { AlsoAnswers, IdParam, StorefrontController, Unversioned } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page, type RequestOf } from '../platform/listing/index.js';
import { AcceptanceProof } from './acceptance-proof.dto.js';
import { AcceptedConsentView } from './acceptances.dto.js';
import { acceptanceListing, offerListing } from './consents.listing.js';
import { MyConsents } from './my-consents.service.js';
import { ConsentAcceptance, ConsentReading, MyConsentView } from './storefront-consents.dto.js';

/** What a person has agreed to is his own affair: applications are let in neither to read nor to decide. */
@StorefrontController('me/consents', 'Consents')
export class MyConsentsController {
  constructor(private readonly mine: MyConsents) {}

  /** What the own website asks for, with what was accepted of it. */
  @Get()
  @Authenticated()
  @ApiListing(offerListing, MyConsentView)
  list(@ListQuery(offerListing) request: RequestOf<typeof offerListing>): Promise<Page<MyConsentView>> {
    return this.mine.list(request);
  }

  /** One consent with its text, in the language that is asked for. */
  @Get(':consentId')
  @Authenticated()
  get(@IdParam('consentId') consentId: number, @Query() reading: ConsentReading): Promise<MyConsentView> {
    return this.mine.get(consentId, reading);
  }

  /** What he accepted and withdrew of the consent, newest first, with the exact texts. */
  @Get(':consentId/acceptances')
  @Authenticated()
  @ApiListing(acceptanceListing, AcceptedConsentView)
  listAcceptances(
    @IdParam('consentId') consentId: number,
    @ListQuery(acceptanceListing) request: ListRequest,
  ): Promise<Page<AcceptedConsentView>> {
    return this.mine.acceptances(consentId, request);
  }

  /** One act of his as a document that is verified without the product. */
  @Get(':consentId/acceptances/:acceptanceId/proof')
  @AlsoAnswers(409)
  @Authenticated()
  proof(@IdParam('consentId') consentId: number, @IdParam('acceptanceId') acceptanceId: number): Promise<AcceptanceProof> {
    return this.mine.proof(consentId, acceptanceId);
  }

  /** Accepts the version of a consent that is in effect. */
  @Post()
  @Authenticated()
  accept(@Body() acceptance: ConsentAcceptance): Promise<MyConsentView> {
    return this.mine.accept(acceptance);
  }

  /** Withdraws what was accepted, which stays on record. */
  @Delete(':consentId')
  @Unversioned()
  @HttpCode(204)
  @Authenticated()
  withdraw(@IdParam('consentId') consentId: number): Promise<void> {
    return this.mine.withdraw(consentId);
  }
}
