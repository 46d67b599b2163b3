import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Reference, Text } from '../database/index.js';

/** Old and new value of each member that changed. */
export type Changes = Record<string, { old: unknown; new: unknown }>;

/** One change of one record: who, when, from where, what. Written once, never changed. */
@Entity('history_entries')
@Index('ix_history_entries_entity_at', ['entity', 'entityId', 'at', 'id'])
@Index('ix_history_entries_actor', ['actorType', 'actorId', 'id'])
@Index('ix_history_entries_organization', ['organizationId', 'id'])
@Index('ix_history_entries_at', ['at', 'id'])
export class HistoryEntry {
  @Id()
  id: number;

  @Instant()
  at: Date;

  @Reference({ nullable: true })
  organizationId: number | null;

  @Text(60)
  entity: string;

  @Reference()
  entityId: number;

  /** `created`, `changed`, `deleted`, or the name of a business act. */
  @Text(60)
  action: string;

  /** `user`, `customer-user`, `application` or `system`. */
  @Text(20)
  actorType: string;

  @Reference({ nullable: true })
  actorId: number | null;

  @Text(511)
  actorName: string;

  /** `api`, `import`, `registration`... */
  @Text(30)
  via: string;

  @Text(45, { nullable: true })
  ip: string | null;

  @Text(64)
  traceId: string;

  @Json()
  changes: Changes;
}
