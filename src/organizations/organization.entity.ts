import { Entity, Index } from 'typeorm';
import { Flag, Id, Instant, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** A merchant's business whose people, roles and settings are invisible from another. */
@Entity('organizations')
@Index('uq_organizations_name', ['name'], { unique: true })
@Revises({ all: 'organization', apartFrom: ['name', 'updatedAt', 'version'] })
export class Organization {
  @Id()
  id: number;

  @Text(255)
  name: string;

  @Flag()
  enabled: boolean;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
