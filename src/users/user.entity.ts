import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Integer, KeyReference, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** Somebody who works at the merchant: an admin, a sales manager, a sales representative. */
@Entity('users')
@Index('uq_users_email_key', ['emailKey'], { unique: true })
@Index('ix_users_organization', ['organizationId', 'lastName'])
@Revises({ by: { id: 'user' }, apartFrom: ['lastLoginAt', 'loginCount', 'updatedAt', 'version'] })
export class User {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_users_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(255)
  email: string;

  /** The email in lower case: what makes it unique, and what a login is looked up by. */
  @Text(255)
  emailKey: string;

  @Text(255)
  firstName: string;

  @Text(255)
  lastName: string;

  @Flag()
  enabled: boolean;

  /** May see and act in every organization. */
  @Flag()
  globalAccess: boolean;

  @Text(255, { nullable: true })
  passwordHash: string | null;

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

@Entity('user_role_assignments')
@Index('ix_user_role_assignments_role', ['roleId'])
@Revises({ by: { userId: 'user' }, added: true })
export class UserRoleAssignment {
  @ForeignKey('users', { name: 'fk_user_role_assignments_user', onDelete: 'CASCADE' })
  @KeyReference()
  userId: number;

  @ForeignKey('user_roles', { name: 'fk_user_role_assignments_role', onDelete: 'RESTRICT' })
  @KeyReference()
  roleId: number;
}
