import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Json, Reference, Text, Version } from '../../platform/database/index.js';
import { Revises } from '../../platform/revisions/index.js';

export const OWNER_TYPES = ['customer-user', 'user'] as const;
export type OwnerType = (typeof OWNER_TYPES)[number];

/** A third-party program that acts with the rights of its owner, cut to the scopes that it was given. */
@Entity('oauth_applications')
@Index('uq_oauth_applications_name', ['organizationId', 'ownerType', 'ownerId', 'name'], { unique: true })
@Index('uq_oauth_applications_client', ['clientId'], { unique: true })
@Index('ix_oauth_applications_owner', ['ownerType', 'ownerId', 'id'])
@Index('ix_oauth_applications_organization', ['organizationId', 'id'])
@Index('ix_oauth_applications_list', ['organizationId', 'name', 'id'])
@Revises({ by: { id: 'oauth-application' }, apartFrom: ['lastUsedAt', 'updatedAt', 'version'] })
export class OAuthApplication {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_oauth_applications_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(255)
  name: string;

  @Text(20)
  ownerType: OwnerType;

  /** A customer user or a console user, as `ownerType` says; therefore without a foreign key. */
  @Reference()
  ownerId: number;

  @Text(32)
  clientId: string;

  @Flag()
  active: boolean;

  @Json()
  scopes: string[];

  @Instant({ nullable: true })
  lastUsedAt: Date | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
