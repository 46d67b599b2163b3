import { Entity, Index } from 'typeorm';
import type { PermissionMatrix } from '../platform/context/index.js';
import { Flag, Id, Instant, Json, Text, Version } from '../platform/database/index.js';

/** What management-console users may do. */
@Entity('user_roles')
@Index('uq_user_roles_label', ['label'], { unique: true })
export class UserRole {
  @Id()
  id: number;

  @Text(255)
  label: string;

  /** Holds every permission of the catalog, also those that later versions bring. */
  @Flag()
  everything: boolean;

  @Json()
  matrix: PermissionMatrix;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
