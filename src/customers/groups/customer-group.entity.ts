import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Reference, Text, Version } from '../../platform/database/index.js';

/** What customers are put together in, such as `Wholesale`. */
@Entity('customer_groups')
@Index('uq_customer_groups_name', ['organizationId', 'name'], { unique: true })
export class CustomerGroup {
  @Id()
  id: number;

  @ForeignKey('organizations', { name: 'fk_customer_groups_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(255)
  name: string;

  @Instant()
  createdAt: Date;

  @Instant()
  updatedAt: Date;

  @Version()
  version: number;
}
