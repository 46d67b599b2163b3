import { Entity, ForeignKey, Index } from 'typeorm';
import type { KeptValues } from '../custom-fields/index.js';
import { Id, Instant, Integer, Json, KeyReference, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** A company that buys from the merchant. */
@Entity('customers')
@Index('ix_customers_name', ['organizationId', 'name', 'id'])
@Index('ix_customers_name_id', ['name', 'id', 'organizationId'])
@Index('ix_customers_parent_id', ['parentId', 'id', 'organizationId'])
@Index('ix_customers_group_id', ['groupId', 'id', 'organizationId'])
@Index('ix_customers_owner_id', ['ownerId', 'id', 'organizationId'])
@Index('ix_customers_internal_rating', ['internalRating', 'id', 'organizationId'])
@Index('ix_customers_external_id', ['externalId', 'id', 'organizationId'])
@Index('ix_customers_created_at', ['createdAt', 'id', 'organizationId'])
@Index('ix_customers_updated_at', ['updatedAt', 'id', 'organizationId'])
@Index('uq_customers_external_id', ['organizationId', 'externalId'], { unique: true })
@Revises({ all: 'shown-name', only: ['name'] })
export class Customer {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_customers_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(255)
  name: string;

  @ForeignKey('customers', { name: 'fk_customers_parent', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  parentId: number | null;

  @ForeignKey('users', { name: 'fk_customers_owner', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  ownerId: number | null;

  @ForeignKey('customer_groups', { name: 'fk_customers_group', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  groupId: number | null;

  /** 1 to 5. */
  @Integer({ nullable: true })
  internalRating: number | null;

  @Text(255, { nullable: true })
  externalId: string | null;

  @Json({ nullable: true })
  customFields: KeptValues | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

@Entity('customer_sales_representatives')
@Index('ix_customer_sales_representatives_user', ['userId'])
export class CustomerSalesRepresentative {
  @ForeignKey('customers', { name: 'fk_customer_sales_representatives_customer', onDelete: 'CASCADE' })
  @KeyReference()
  customerId: number;

  @ForeignKey('users', { name: 'fk_customer_sales_representatives_user', onDelete: 'CASCADE' })
  @KeyReference()
  userId: number;
}
