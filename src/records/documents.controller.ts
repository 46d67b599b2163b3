import { Body, Delete, Get, HttpCode, Injectable, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { ExternalIdParam, OrganizationIdQuery } from './document-key.js';
import { type DocumentKind, ORDER, QUOTE, QUOTE_REQUEST, SHOPPING_LIST } from './document-kinds.js';
import { DocumentDraft, DocumentView } from './documents.dto.js';
import { documentListing } from './documents.listing.js';
import { CommerceDocuments } from './documents.service.js';

const PUT = 'Makes the document, or replaces the one that is there as a whole; the same again changes nothing.';

/** The routes of one kind of documents: each kind has permissions of its own. */
function controllerOf(kind: DocumentKind) {
  @Injectable()
  class DocumentsController {
    constructor(private readonly documents: CommerceDocuments) {}

    @Get()
    @RequirePermission(kind.permissions.view)
    @ApiListing(documentListing, DocumentView)
    list(@ListQuery(documentListing) request: ListRequest): Promise<Page<DocumentView>> {
      return this.documents.list(kind, request);
    }

    @Get(':externalId')
    @RequirePermission(kind.permissions.view)
    @ApiOkResponse({ type: DocumentView })
    get(@ExternalIdParam() externalId: string, @OrganizationIdQuery() organizationId?: number): Promise<DocumentView> {
      return this.documents.get({ kind, externalId, organizationId });
    }

    @Put(':externalId')
    @RequirePermission(kind.permissions.edit)
    // The plugin that reads comments does not look into functions.
    @ApiOperation({ summary: PUT, description: `To make one needs the permission \`${kind.permissions.create.name}\` as well.` })
    @ApiOkResponse({ type: DocumentView, description: 'The document was there, and is replaced.' })
    @ApiCreatedResponse({ type: DocumentView, description: 'The document is new.' })
    async put(
      @ExternalIdParam() externalId: string,
      @Body() draft: DocumentDraft,
      @Res({ passthrough: true }) reply: FastifyReply,
      @OrganizationIdQuery() organizationId?: number,
    ): Promise<DocumentView> {
      const { document, isNew } = await this.documents.put({ kind, externalId, organizationId }, draft);
      if (isNew) void reply.status(201).header('Location', reply.request.url);
      return document;
    }

    @Delete(':externalId')
    @HttpCode(204)
    @RequirePermission(kind.permissions.delete)
    remove(@ExternalIdParam() externalId: string, @OrganizationIdQuery() organizationId?: number): Promise<void> {
      return this.documents.remove({ kind, externalId, organizationId });
    }
  }
  return DocumentsController;
}

const TAG = 'Commerce documents';

@AdminController('commerce-documents/orders', TAG)
export class OrdersController extends controllerOf(ORDER) {}

@AdminController('commerce-documents/quotes', TAG)
export class QuotesController extends controllerOf(QUOTE) {}

@AdminController('commerce-documents/quote-requests', TAG)
export class QuoteRequestsController extends controllerOf(QUOTE_REQUEST) {}

@AdminController('commerce-documents/shopping-lists', TAG)
export class ShoppingListsController extends controllerOf(SHOPPING_LIST) {}
