import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Permission } from '../platform/authorization/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { CommerceDocument } from './commerce-document.entity.js';
import type { DocumentEntity, DocumentKind } from './document-kinds.js';
import { DocumentsRepository } from './documents.repository.js';

const CHUNK = 500;

/** Which documents refer to whom. */
@Injectable()
export class DocumentUsesRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly documents: DocumentsRepository,
  ) {}

  /** How many documents of each kind refer to a customer or a customer user; whoever acts. */
  async count(where: { customerId: number } | { customerUserId: number }): Promise<Map<DocumentEntity, number>> {
    const query = this.work.repository(CommerceDocument).createQueryBuilder('document').where(where);
    const rows = await query
      .select('document.kind', 'kind')
      .addSelect('COUNT(*)', 'count')
      .groupBy('document.kind')
      .getRawMany<{ kind: DocumentEntity; count: number | string }>();
    return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
  }

  /** Which kinds of documents refer to each of the customer users; whoever acts. */
  async kindsOf(customerUserIds: readonly number[]): Promise<{ customerUserId: number; kind: DocumentEntity }[]> {
    const rows = await this.work
      .repository(CommerceDocument)
      .createQueryBuilder('document')
      .where({ customerUserId: In(customerUserIds) })
      .select('document.customerUserId', 'customerUserId')
      .addSelect('document.kind', 'kind')
      .distinct(true)
      .getRawMany<{ customerUserId: number | string; kind: DocumentEntity }>();
    return rows.map(({ customerUserId, kind }) => ({ customerUserId: Number(customerUserId), kind }));
  }

  /** Those of the customer users who have documents of the kind that the caller does not reach with `permission`. */
  async beyondReach(kind: DocumentKind, permission: Permission, customerUserIds: readonly number[]): Promise<Set<number>> {
    if (customerUserIds.length === 0) return new Set();
    const ofThem = 'document.customerUserId IN (:...customerUserIds)';
    const reached = this.documents.of(kind).reached(permission).andWhere(ofThem).select('document.id');
    const rows = await this.work
      .repository(CommerceDocument)
      .createQueryBuilder('every')
      .where('every.customerUserId IN (:...customerUserIds) AND every.kind = :kind', { customerUserIds })
      .andWhere(`every.id NOT IN (${reached.getQuery()})`)
      .setParameters({ ...reached.getParameters(), customerUserIds })
      .select('every.customerUserId', 'customerUserId')
      .distinct(true)
      .getRawMany<{ customerUserId: number | string }>();
    return new Set(rows.map(({ customerUserId }) => Number(customerUserId)));
  }

  /** Some of the documents that refer to the customer users, locked. */
  someOf(customerUserIds: readonly number[]): Promise<CommerceDocument[]> {
    return this.work
      .repository(CommerceDocument)
      .find({ where: { customerUserId: In(customerUserIds) }, order: { id: 'ASC' }, take: CHUNK, lock: this.work.forUpdate });
  }

  /** Takes the customer users from documents; a change of each, so that its version rises. */
  async clearPeople(ids: readonly number[], at: Date): Promise<void> {
    await this.work
      .repository(CommerceDocument)
      .createQueryBuilder()
      .update()
      .set({ customerUserId: null, updatedAt: at })
      .where({ id: In(ids) })
      .execute();
  }
}
