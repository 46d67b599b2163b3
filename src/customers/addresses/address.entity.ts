import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Reference, Text, Version } from '../../platform/database/index.js';

/** An entry of one address book: that of the customer, or that of the customer user, which it never leaves. */
@Entity('addresses')
@Index('ix_addresses_organization', ['organizationId', 'id'])
@Index('ix_addresses_customer', ['customerId', 'id'])
@Index('ix_addresses_customer_user', ['customerUserId', 'id'])
export class Address {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_addresses_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @ForeignKey('customers', { name: 'fk_addresses_customer', onDelete: 'CASCADE' })
  @Reference({ nullable: true })
  customerId: number | null;

  @ForeignKey('customer_users', { name: 'fk_addresses_customer_user', onDelete: 'CASCADE' })
  @Reference({ nullable: true })
  customerUserId: number | null;

  @Text(255, { nullable: true })
  label: string | null;

  @Text(255, { nullable: true })
  namePrefix: string | null;

  @Text(255, { nullable: true })
  firstName: string | null;

  @Text(255, { nullable: true })
  middleName: string | null;

  @Text(255, { nullable: true })
  lastName: string | null;

  @Text(255, { nullable: true })
  nameSuffix: string | null;

  @Text(255, { nullable: true })
  company: string | null;

  @Text(500)
  street: string;

  @Text(500, { nullable: true, name: 'street2' })
  street2: string | null;

  @Text(255)
  city: string;

  @Text(255)
  postalCode: string;

  /** ISO 3166-1 alpha-2. */
  @Text(2)
  countryCode: string;

  /** ISO 3166-2; where the country has regions. */
  @Text(10, { nullable: true })
  regionCode: string | null;

  /** Where it has none. */
  @Text(255, { nullable: true })
  regionText: string | null;

  /** E.164. */
  @Text(16, { nullable: true })
  phone: string | null;

  /** One in a book. */
  @Flag()
  isPrimary: boolean;

  @Flag()
  billing: boolean;

  /** At most one in a book. */
  @Flag()
  defaultBilling: boolean;

  @Flag()
  shipping: boolean;

  /** At most one in a book. */
  @Flag()
  defaultShipping: boolean;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
