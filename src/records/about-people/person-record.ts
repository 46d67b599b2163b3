import { applyDecorators } from '@nestjs/common';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Reference, Version } from '../../platform/database/index.js';

/** What records about customer users have in common, whatever they tell of them. */
export abstract class PersonRecord {
  @Id()
  id: number;

  @Reference()
  organizationId: number;

  @Reference()
  customerUserId: number;

  /** The console user who made it, unless it was handed over; `null` when he is gone. */
  @Reference({ nullable: true })
  ownerId: number | null;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}

/** The table of a kind of records. A customer user is not deleted from under them: whoever deletes him removes them first. */
export const PersonRecordTable = (name: string): ClassDecorator =>
  applyDecorators(
    Entity(name),
    ForeignKey('organizations', ['organizationId'], ['id'], { name: `fk_${name}_organization`, onDelete: 'RESTRICT' }),
    ForeignKey('customer_users', ['customerUserId'], ['id'], { name: `fk_${name}_customer_user`, onDelete: 'RESTRICT' }),
    ForeignKey('users', ['ownerId'], ['id'], { name: `fk_${name}_owner`, onDelete: 'SET NULL' }),
    Index(`ix_${name}_organization`, ['organizationId', 'id']),
    Index(`ix_${name}_created_at`, ['customerUserId', 'createdAt', 'id']),
    Index(`ix_${name}_updated_at`, ['customerUserId', 'updatedAt', 'id']),
    Index(`ix_${name}_owner`, ['ownerId', 'id']),
  );
