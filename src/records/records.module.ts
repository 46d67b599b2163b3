import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerUsersModule } from '../customer-users/index.js';
import { CustomersModule } from '../customers/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { CommerceDocument } from './commerce-document.entity.js';
import { CustomerDocumentsController } from './customer-documents.controller.js';
import { CustomerUserDocumentsController } from './customer-user-documents.controller.js';
import { DOCUMENT_KINDS } from './document-kinds.js';
import { DocumentData } from './document-data.js';
import { CustomerDocuments, CustomerUserDocuments } from './document-uses.js';
import { DocumentUsesRepository } from './document-uses.repository.js';
import { DocumentViews } from './document-views.js';
import { OrdersController, QuoteRequestsController, QuotesController, ShoppingListsController } from './documents.controller.js';
import { DocumentsRepository } from './documents.repository.js';
import { CommerceDocuments } from './documents.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CommerceDocument]), OrganizationsModule, CustomersModule, CustomerUsersModule],
  controllers: [
    OrdersController,
    QuotesController,
    QuoteRequestsController,
    ShoppingListsController,
    CustomerDocumentsController,
    CustomerUserDocumentsController,
  ],
  providers: [
    CommerceDocuments,
    CustomerDocuments,
    CustomerUserDocuments,
    DocumentData,
    DocumentsRepository,
    DocumentUsesRepository,
    DocumentViews,
    ...contributePermissions(...DOCUMENT_KINDS.map(({ permissions }) => permissions)),
  ],
})
export class RecordsModule {}
