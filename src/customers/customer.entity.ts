import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Integer, KeyReference, Reference, Text, Version } from '../platform/database/index.js';

/** A company that buys from the merchant. */
@Entity('customers')
@Index('ix_customers_name', ['organizationId', 'name', 'id'])
@Index('ix_customers_parent', ['parentId'])
@Index('ix_customers_owner', ['ownerId'])
@Index('uq_customers_external_id', ['organizationId', 'externalId'], { unique: true })
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

  /** 1 to 5. */
  @Integer({ nullable: true })
  internalRating: number | null;

  @Text(255, { nullable: true })
  externalId: string | null;

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
