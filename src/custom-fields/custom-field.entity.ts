import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Instant, Json, Reference, Text, Version } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';
import type { FieldType } from './field-types.js';

/** What has custom fields. */
export const FIELD_ENTITIES = ['customer_user', 'customer'] as const;
export type FieldEntity = (typeof FIELD_ENTITIES)[number];

/** A member that an organization gives its customers or customer users beside those that all have. */
@Entity('custom_fields')
@Index('uq_custom_fields_name', ['organizationId', 'entity', 'name'], { unique: true })
@Revises({ all: 'custom-field', added: true })
export class CustomField {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_custom_fields_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(20)
  entity: FieldEntity;

  @Text(100)
  name: string;

  @Text(20)
  type: FieldType;

  @Flag()
  required: boolean;

  /** What a `select` chooses from; `null` for the other types. */
  @Json({ nullable: true })
  options: string[] | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
