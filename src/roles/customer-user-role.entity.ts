import { Entity, ForeignKey, Index } from 'typeorm';
import type { Level, PermissionMatrix } from '../platform/context/index.js';
import { Flag, Id, Instant, Json, KeyReference, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** For a key that lists filter and sort by; the organization lets the index alone answer what a caller of one counts. */
const Listed = (name: string, column: string): ClassDecorator => Index(`ix_customer_user_roles_${name}`, [column, 'id', 'organizationId']);

/** What customer users may do: predefined for every customer, or made for one. */
@Entity('customer_user_roles')
@Index('uq_customer_user_roles_label', ['organizationId', 'customerKey', 'label'], { unique: true })
@Index('uq_customer_user_roles_original', ['customerKey', 'originalId'], { unique: true })
@Index('ix_customer_user_roles_original', ['originalId'])
@Index('uq_customer_user_roles_code', ['organizationId', 'code'], { unique: true })
@Index('ix_customer_user_roles_customer', ['customerId'])
@Listed('label', 'label')
@Listed('code', 'code')
@Listed('self_managed', 'selfManaged')
@Listed('public', 'public')
@Listed('created', 'createdAt')
@Listed('updated', 'updatedAt')
@Revises({ all: 'customer-user-role', apartFrom: ['selfManaged', 'public', 'updatedAt', 'version'] })
export class CustomerUserRole {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_customer_user_roles_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  /** `null`: predefined, for every customer. */
  @ForeignKey('customers', { name: 'fk_customer_user_roles_customer', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  customerId: number | null;

  /** The customer, or 0: NULLs never collide in a unique index. */
  @Reference()
  customerKey: number;

  /** The predefined role that it is the customer's copy of. */
  @ForeignKey('customer_user_roles', { name: 'fk_customer_user_roles_original', onDelete: 'SET NULL' })
  @Reference({ nullable: true })
  originalId: number | null;

  @Text(255)
  label: string;

  /** `ROLE_FRONTEND_...`; what files name a role by. */
  @Text(255)
  code: string;

  /** Customers may change it for themselves. */
  @Flag()
  selfManaged: boolean;

  /** Shown to customers. */
  @Flag()
  public: boolean;

  /** The level of every entity that the matrix does not name; above `none` it switches capabilities on as well. */
  @Text(20)
  root: Level;

  @Json()
  matrix: PermissionMatrix;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

@Entity('customer_user_role_assignments')
@Index('ix_customer_user_role_assignments_role', ['roleId'])
@Revises({ by: { customerUserId: 'customer-user' }, added: true })
export class CustomerUserRoleAssignment {
  @ForeignKey('customer_users', { name: 'fk_customer_user_role_assignments_customer_user', onDelete: 'CASCADE' })
  @KeyReference()
  customerUserId: number;

  @ForeignKey('customer_user_roles', { name: 'fk_customer_user_role_assignments_role', onDelete: 'RESTRICT' })
  @KeyReference()
  roleId: number;
}
