import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Integer, KeyReference, Reference, Text, Version } from '../platform/database/index.js';

export const PASSWORD_STATUSES = ['unset', 'active', 'reset'] as const;
export type PasswordStatus = (typeof PASSWORD_STATUSES)[number];

/** A person who acts for a customer. */
@Entity('customer_users')
@Index('uq_customer_users_email', ['organizationId', 'uniqueEmail'], { unique: true })
@Index('uq_customer_users_external_id', ['organizationId', 'externalId'], { unique: true })
@Index('ix_customer_users_email', ['organizationId', 'emailLower', 'id'])
@Index('ix_customer_users_name', ['organizationId', 'lastName', 'firstName', 'id'])
@Index('ix_customer_users_created_at', ['organizationId', 'createdAt', 'id'])
@Index('ix_customer_users_customer', ['customerId', 'id'])
@Index('ix_customer_users_owner', ['ownerId'])
@Index('ix_customer_users_website', ['websiteId'])
export class CustomerUser {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_customer_users_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @ForeignKey('customers', { name: 'fk_customer_users_customer', onDelete: 'RESTRICT' })
  @Reference()
  customerId: number;

  @ForeignKey('users', { name: 'fk_customer_users_owner', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  ownerId: number | null;

  @ForeignKey('websites', { name: 'fk_customer_users_website', onDelete: 'RESTRICT' })
  @Reference()
  websiteId: number;

  @ForeignKey('localizations', { name: 'fk_customer_users_localization', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  preferredLocalizationId: number | null;

  /** As typed. */
  @Text(255)
  email: string;

  /** For lists, which find an address in any case. */
  @Text(255)
  emailLower: string;

  /** What may stand once in an organization, in the case that its setting makes of it; `null` for guests, who may share an address. */
  @Text(255, { nullable: true })
  uniqueEmail: string | null;

  @Text(255, { nullable: true })
  namePrefix: string | null;

  @Text(255)
  firstName: string;

  @Text(255, { nullable: true })
  middleName: string | null;

  @Text(255)
  lastName: string;

  @Text(255, { nullable: true })
  nameSuffix: string | null;

  /** `YYYY-MM-DD`. */
  @Text(10, { nullable: true })
  birthday: string | null;

  /** E.164. */
  @Text(16, { nullable: true })
  phone: string | null;

  @Flag()
  enabled: boolean;

  /** The email address is proved to be his. */
  @Flag()
  confirmed: boolean;

  @Flag()
  guest: boolean;

  /** `unset`: never had a password; `reset`: may not log in before he sets a new one. */
  @Text(10)
  passwordStatus: PasswordStatus;

  @Text(255, { nullable: true })
  passwordHash: string | null;

  /** Rises when email, password or standing changes; sessions and links that began before are over. */
  @Integer()
  credentialEpoch: number;

  @Text(255, { nullable: true })
  externalId: string | null;

  @Instant({ nullable: true })
  lastLoginAt: Date | null;

  @Integer()
  loginCount: number;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

@Entity('customer_user_sales_representatives')
@Index('ix_customer_user_sales_representatives_user', ['userId'])
export class CustomerUserSalesRepresentative {
  @ForeignKey('customer_users', { name: 'fk_customer_user_sales_representatives_customer_user', onDelete: 'CASCADE' })
  @KeyReference()
  customerUserId: number;

  @ForeignKey('users', { name: 'fk_customer_user_sales_representatives_user', onDelete: 'CASCADE' })
  @KeyReference()
  userId: number;
}
