import { Entity, ForeignKey, Index } from 'typeorm';
import type { Level, PermissionMatrix } from '../platform/context/index.js';
import { Id, Instant, Json, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** What management-console users may do. */
@Entity('user_roles')
@Index('uq_user_roles_label', ['organizationKey', 'label'], { unique: true })
@Index('ix_user_roles_organization', ['organizationId'])
@Revises({ all: 'user-role', apartFrom: ['label', 'updatedAt', 'version'] })
export class UserRole {
  @Id()
  id: number;

  /** `null`: for users of every organization. */
  @ForeignKey('organizations', { name: 'fk_user_roles_organization', onDelete: 'RESTRICT' })
  @Reference({ nullable: true })
  organizationId: number | null;

  /** The organization, or 0: NULLs never collide in a unique index. */
  @Reference()
  organizationKey: number;

  @Text(255)
  label: string;

  /**
   * The level of every entity that the matrix does not name, also of those that later versions bring; above `none` it switches
   * capabilities on as well. `global` holds everything.
   */
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
