import { Entity, ForeignKey, Index } from 'typeorm';
import { BigInteger, Id, Instant, Reference, Text, Version } from '../platform/database/index.js';
import type { DocumentEntity } from './document-kinds.js';

/** An order, quote, quote request or shopping list of a customer, as the system that it lives in tells of it. */
@Entity('commerce_documents')
@Index('uq_commerce_documents_external_id', ['kind', 'externalId', 'organizationId'], { unique: true })
@Index('ix_commerce_documents_organization', ['organizationId', 'kind', 'placedAt', 'id'])
@Index('ix_commerce_documents_placed_at', ['kind', 'placedAt', 'id'])
@Index('ix_commerce_documents_number', ['kind', 'number', 'id'])
@Index('ix_commerce_documents_customer', ['customerId', 'kind', 'placedAt', 'id'])
@Index('ix_commerce_documents_customer_user', ['customerUserId', 'kind', 'placedAt', 'id'])
export class CommerceDocument {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_commerce_documents_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(20)
  kind: DocumentEntity;

  /** Its id in the system that it lives in. */
  @Text(255)
  externalId: string;

  @ForeignKey('customers', { name: 'fk_commerce_documents_customer', onDelete: 'RESTRICT' })
  @Reference()
  customerId: number;

  /** `null`: nobody in particular, or somebody who has gone to another customer. */
  @ForeignKey('customer_users', { name: 'fk_commerce_documents_customer_user', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  customerUserId: number | null;

  @Text(255, { nullable: true })
  number: string | null;

  @Text(255, { nullable: true })
  name: string | null;

  @Text(60, { nullable: true })
  status: string | null;

  /** In minor units of the currency. */
  @BigInteger({ nullable: true })
  totalAmount: number | null;

  /** ISO 4217. */
  @Text(3, { nullable: true })
  currency: string | null;

  @Instant()
  placedAt: Date;

  @Text(500, { nullable: true })
  url: string | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
