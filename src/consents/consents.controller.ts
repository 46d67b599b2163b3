import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, AlsoAnswers, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { AcceptanceProof } from './acceptance-proof.dto.js';
import { AcceptanceProofs } from './acceptance-proofs.service.js';
import { AcceptanceView } from './acceptances.dto.js';
import { ConsentLedger } from './consent-ledger.service.js';
import { ConsentChange, ConsentDraft, ConsentVersionDraft, ConsentVersionView, ConsentView } from './consents.dto.js';
import { acceptanceListing, consentListing, versionListing } from './consents.listing.js';
import { ConsentPermission } from './consents.permissions.js';
import { Consents } from './consents.service.js';

@AdminController('consents', 'Consents')
export class ConsentsController {
  constructor(
    private readonly consents: Consents,
    private readonly ledger: ConsentLedger,
    private readonly proofs: AcceptanceProofs,
  ) {}

  @Get()
  @RequirePermission(ConsentPermission.view)
  @ApiListing(consentListing, ConsentView)
  list(@ListQuery(consentListing) request: ListRequest): Promise<Page<ConsentView>> {
    return this.consents.list(request);
  }

  @Post()
  @RequirePermission(ConsentPermission.create)
  create(@Body() draft: ConsentDraft): Promise<ConsentView> {
    return this.consents.create(draft);
  }

  @Get(':id')
  @RequirePermission(ConsentPermission.view)
  get(@IdParam() id: number): Promise<ConsentView> {
    return this.consents.get(id);
  }

  @Patch(':id')
  @RequirePermission(ConsentPermission.edit)
  change(@IdParam() id: number, @Body() change: ConsentChange): Promise<ConsentView> {
    return this.consents.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(ConsentPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.consents.remove(id);
  }

  @Get(':id/versions')
  @RequirePermission(ConsentPermission.view)
  @ApiListing(versionListing, ConsentVersionView)
  listVersions(@IdParam() id: number, @ListQuery(versionListing) request: ListRequest): Promise<Page<ConsentVersionView>> {
    return this.consents.listVersions(id, request);
  }

  @Post(':id/versions')
  @RequirePermission(ConsentPermission.edit)
  addVersion(@IdParam() id: number, @Body() draft: ConsentVersionDraft): Promise<ConsentVersionView> {
    return this.consents.addVersion(id, draft);
  }

  @Get(':id/versions/:versionId')
  @RequirePermission(ConsentPermission.view)
  getVersion(@IdParam() id: number, @IdParam('versionId') versionId: number): Promise<ConsentVersionView> {
    return this.consents.getVersion(id, versionId);
  }

  /** Takes back a version that is not in effect yet. */
  @Delete(':id/versions/:versionId')
  @HttpCode(204)
  @RequirePermission(ConsentPermission.edit)
  removeVersion(@IdParam() id: number, @IdParam('versionId') versionId: number): Promise<void> {
    return this.consents.removeVersion(id, versionId);
  }

  /** What everybody accepted and withdrew. `POST /exports` writes it to a file: the entity `consent-acceptances`, with these filters. */
  @Get(':id/acceptances')
  @RequirePermission(ConsentPermission.view)
  @ApiListing(acceptanceListing, AcceptanceView)
  listAcceptances(@IdParam() id: number, @ListQuery(acceptanceListing) request: ListRequest): Promise<Page<AcceptanceView>> {
    return this.ledger.acceptancesOfConsent(id, request);
  }

  /** One act as a document that is verified without the product. It names nobody but by his id. */
  @Get(':id/acceptances/:acceptanceId/proof')
  @AlsoAnswers(409)
  @RequirePermission(ConsentPermission.view)
  proof(@IdParam() id: number, @IdParam('acceptanceId') acceptanceId: number): Promise<AcceptanceProof> {
    return this.proofs.ofConsent(id, acceptanceId);
  }
}
