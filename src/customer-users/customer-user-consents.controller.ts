import { Get } from '@nestjs/common';
import { AcceptanceProof, AcceptanceProofs, AcceptedConsentView, acceptanceListing, ConsentLedger } from '../consents/index.js';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, AlsoAnswers, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsers } from './customer-users.service.js';

@AdminController('customer-users/:id/consents', 'Customer users')
export class CustomerUserConsentsController {
  constructor(
    private readonly customerUsers: CustomerUsers,
    private readonly ledger: ConsentLedger,
    private readonly proofs: AcceptanceProofs,
  ) {}

  /** What the person accepted and withdrew, newest first, with the exact texts. */
  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(acceptanceListing, AcceptedConsentView)
  async list(@IdParam() id: number, @ListQuery(acceptanceListing) request: ListRequest): Promise<Page<AcceptedConsentView>> {
    await this.customerUsers.getReachable(id);
    return this.ledger.acceptancesOf(id, request);
  }

  /** One act of his as a document that is verified without the product. */
  @Get(':acceptanceId/proof')
  @AlsoAnswers(409)
  @RequirePermission(CustomerUserPermission.view)
  async proof(@IdParam() id: number, @IdParam('acceptanceId') acceptanceId: number): Promise<AcceptanceProof> {
    await this.customerUsers.getReachable(id);
    return this.proofs.ofPerson(id, acceptanceId);
  }
}
