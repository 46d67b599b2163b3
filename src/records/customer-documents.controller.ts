import { Get } from '@nestjs/common';
import { Customers } from '../customers/index.js';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { type DocumentKind, ORDER, QUOTE, QUOTE_REQUEST, SHOPPING_LIST } from './document-kinds.js';
import { DocumentView } from './documents.dto.js';
import { documentListing } from './documents.listing.js';
import { CommerceDocuments } from './documents.service.js';

@AdminController('customers/:id', 'Commerce documents')
export class CustomerDocumentsController {
  constructor(
    private readonly customers: Customers,
    private readonly documents: CommerceDocuments,
  ) {}

  @Get('orders')
  @RequirePermission(ORDER.permissions.view)
  @ApiListing(documentListing, DocumentView)
  orders(@IdParam() id: number, @ListQuery(documentListing) request: ListRequest): Promise<Page<DocumentView>> {
    return this.list(ORDER, id, request);
  }

  @Get('quotes')
  @RequirePermission(QUOTE.permissions.view)
  @ApiListing(documentListing, DocumentView)
  quotes(@IdParam() id: number, @ListQuery(documentListing) request: ListRequest): Promise<Page<DocumentView>> {
    return this.list(QUOTE, id, request);
  }

  @Get('quote-requests')
  @RequirePermission(QUOTE_REQUEST.permissions.view)
  @ApiListing(documentListing, DocumentView)
  quoteRequests(@IdParam() id: number, @ListQuery(documentListing) request: ListRequest): Promise<Page<DocumentView>> {
    return this.list(QUOTE_REQUEST, id, request);
  }

  @Get('shopping-lists')
  @RequirePermission(SHOPPING_LIST.permissions.view)
  @ApiListing(documentListing, DocumentView)
  shoppingLists(@IdParam() id: number, @ListQuery(documentListing) request: ListRequest): Promise<Page<DocumentView>> {
    return this.list(SHOPPING_LIST, id, request);
  }

  private async list(kind: DocumentKind, id: number, request: ListRequest): Promise<Page<DocumentView>> {
    await this.customers.get(id);
    return this.documents.list(kind, request, { customerId: id });
  }
}
