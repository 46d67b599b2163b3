import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { CUSTOMERS_BELOW, OWN_CUSTOMERS } from '../customers/index.js';
import { type Permission, ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { InvalidInput } from '../platform/errors/index.js';
import { CommerceDocument } from './commerce-document.entity.js';
import type { DocumentKind } from './document-kinds.js';
import { customerUnknown, ExternalIdTaken } from './documents.errors.js';

/** The documents of one kind. */
export class DocumentRows extends ReachedRows<CommerceDocument> {
  constructor(
    work: UnitOfWork,
    context: CurrentContext,
    private readonly documents: DocumentKind,
  ) {
    super(work, context, {
      entity: CommerceDocument,
      alias: 'document',
      noun: documents.noun,
      view: documents.permissions.view,
      columns: {
        organization: 'document.organizationId',
        assigned: `document.customerId IN (${OWN_CUSTOMERS})`,
        customer: 'document.customerId',
        below: CUSTOMERS_BELOW,
        person: 'document.customerUserId',
      },
    });
  }

  override reached(permission: Permission = this.documents.permissions.view): SelectQueryBuilder<CommerceDocument> {
    return super.reached(permission).andWhere('document.kind = :kind', { kind: this.documents.entity });
  }

  /** Whoever acts. */
  async findId(organizationId: number, externalId: string): Promise<number | undefined> {
    const where = { organizationId, kind: this.documents.entity, externalId };
    return (await this.work.repository(CommerceDocument).findOne({ select: { id: true }, where }))?.id;
  }

  async getId(organizationId: number, externalId: string): Promise<number> {
    const id = await this.findId(organizationId, externalId);
    if (id === undefined) throw this.missing();
    return id;
  }

  async save(document: CommerceDocument): Promise<CommerceDocument> {
    const taken = { uq_commerce_documents_external_id: () => new ExternalIdTaken() };
    try {
      return await refusingDuplicates(this.work.manager, taken, () => this.work.repository(CommerceDocument).save(document));
    } catch (error) {
      // The customer user is locked: it is the customer that has been deleted since it was looked up.
      throw isBrokenReference(error) ? new InvalidInput([customerUnknown]) : error;
    }
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(CommerceDocument).delete({ id });
  }
}

@Injectable()
export class DocumentsRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  of(kind: DocumentKind): DocumentRows {
    return new DocumentRows(this.work, this.context, kind);
  }
}
