import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { KeptValues } from '../custom-fields/index.js';
import { Bytes, Flag, Id, Instant, Integer, Json, KeyReference, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

export const PASSWORD_STATUSES = ['unset', 'active', 'reset'] as const;
export type PasswordStatus = (typeof PASSWORD_STATUSES)[number];

/**
 * The index of a key that lists are filtered and sorted by. The organization comes last: most installations have one, and nobody's filter
 * is narrowed much by it, but with it the index alone answers what a caller of one organization counts.
 */
const Listed = (name: string, column: string): ClassDecorator => Index(`ix_customer_users_${name}`, [column, 'id', 'organizationId']);

/** A person who acts for a customer. */
@Entity('customer_users')
@Index('uq_customer_users_email', ['organizationId', 'uniqueEmail'], { unique: true })
@Index('uq_customer_users_external_id', ['organizationId', 'externalId'], { unique: true })
@Index('ix_customer_users_customer', ['customerId', 'id'])
@Listed('email_lower', 'emailLower')
@Listed('first_name', 'firstNameLower')
@Listed('last_name', 'lastNameLower')
@Listed('customer_name', 'customerNameLower')
@Listed('external_id', 'externalIdLower')
@Listed('enabled', 'enabled')
@Listed('confirmed', 'confirmed')
@Listed('guest', 'guest')
@Listed('password_status', 'passwordStatus')
@Listed('role', 'roleId')
@Listed('sales_representative', 'salesRepresentativeId')
@Listed('owner_id', 'ownerId')
@Listed('website_id', 'websiteId')
@Listed('last_login_at', 'lastLoginAt')
@Listed('created', 'createdAt')
@Listed('updated', 'updatedAt')
@Revises({
  by: { id: 'customer-user' },
  apartFrom: [
    ...['loginCount', 'roleId', 'salesRepresentativeId', 'searchWords'],
    ...['firstNameLower', 'lastNameLower', 'customerNameLower', 'externalIdLower'],
  ],
})
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

  /** The keys of lists: texts in lower case, his customer's name, the first of his roles and of his sales representatives by id. */
  @Text(255)
  firstNameLower: string;

  @Text(255)
  lastNameLower: string;

  @Text(255)
  customerNameLower: string;

  @Text(255, { nullable: true })
  externalIdLower: string | null;

  @ForeignKey('customer_user_roles', { name: 'fk_customer_users_role', onDelete: 'SET NULL' })
  @Reference({ nullable: true })
  roleId: number | null;

  @ForeignKey('users', { name: 'fk_customer_users_sales_representative', onDelete: 'SET NULL' })
  @Reference({ nullable: true })
  salesRepresentativeId: number | null;

  /** What searches find him by: the words of his names, email address and customer, folded, a space before and behind each. */
  @Text(2_000)
  searchWords: string;

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

  @Json({ nullable: true })
  customFields: KeptValues | null;

  @Instant({ nullable: true })
  lastLoginAt: Date | null;

  @Integer()
  loginCount: number;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  /** Since when nothing here says who he was: the row stays for what refers to it, and never changes again. */
  @Instant({ nullable: true })
  erasedAt: Date | null;

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

/** Each word of `searchWords` again, for searches by prefix. No foreign key: it would need another index, twice the cost of a write. */
@Entity('customer_user_words')
export class CustomerUserWord {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  word: string;

  @KeyReference()
  customerUserId: number;
}

/** The email addresses of neighbours, packed for searches by a part of one: in lower case, one a line, as the UTF-8 of all of them. */
@Entity('customer_user_email_blocks')
export class CustomerUserEmailBlock {
  /** `id DIV BLOCK_SIZE` of its people. */
  @KeyReference()
  block: number;

  @Bytes()
  emails: string;
}

/** Whose email address is not, or no longer, what his block says. No foreign key: also who was deleted leaves his block. */
@Entity('customer_user_unpacked_emails')
export class CustomerUserUnpackedEmail {
  @KeyReference()
  customerUserId: number;
}
