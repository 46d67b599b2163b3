import { Entity, ForeignKey, Index } from 'typeorm';
import { Integer, KeyReference } from '../platform/database/index.js';

/** That a customer is below another one, or itself (depth 0): what makes all below a customer one range of an index, however deep. */
@Entity('customer_paths')
@Index('ix_customer_paths_depth', ['ancestorId', 'depth', 'descendantId'])
@Index('ix_customer_paths_descendant', ['descendantId', 'depth', 'ancestorId'])
export class CustomerPath {
  @ForeignKey('customers', { name: 'fk_customer_paths_ancestor', onDelete: 'CASCADE' })
  @KeyReference()
  ancestorId: number;

  @ForeignKey('customers', { name: 'fk_customer_paths_descendant', onDelete: 'CASCADE' })
  @KeyReference()
  descendantId: number;

  /** Steps down from the ancestor. */
  @Integer()
  depth: number;
}

/** The trees of an organization's customers together: the row to lock for who changes who is below whom. */
@Entity('customer_trees')
export class CustomerTrees {
  @ForeignKey('organizations', { name: 'fk_customer_trees_organization', onDelete: 'CASCADE' })
  @KeyReference()
  organizationId: number;
}
