import { Injectable } from '@nestjs/common';
import { batchesById, UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { CommerceDocument } from './commerce-document.entity.js';
import { DocumentViews } from './document-views.js';

/** The documents of a customer user. They are his customer's, and must be kept: under his id alone, once he is erased. */
@Injectable()
export class DocumentData extends PersonalData {
  readonly section = 'documents';
  readonly tables = ['commerce_documents'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly views: DocumentViews,
  ) {
    super();
  }

  async *collect({ customerUserId }: DataSubject): AsyncGenerator<unknown> {
    for await (const rows of batchesById(this.work.manager, CommerceDocument, { customerUserId })) yield* await this.views.ofAll(rows);
  }

  erase(): Promise<void> {
    return Promise.resolve();
  }
}
