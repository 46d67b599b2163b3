import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Permission } from '../../platform/authorization/index.js';

/** What a timeline shows. The order is kept: it is that of entries of one moment, and part of cursors. */
export const TIMELINE_KINDS = ['note', 'calendar_event', 'attachment', 'email', 'change', 'login'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** The entries of one kind. */
export interface TimelineRows {
  /** What the caller may see of them. */
  readonly query: SelectQueryBuilder<ObjectLiteral>;
  /** `alias.property` of their ids, and of the instants that they stand at: with the customer user before both, an index. */
  readonly id: string;
  readonly at: string;
}

/** A feature that has something to show on the timelines of customer users. Features provide it, by extending the class. */
export abstract class TimelineSource {
  abstract readonly kind: TimelineKind;
  /** Without it the caller's timelines are without this kind. */
  abstract readonly permission: Permission;

  abstract rowsOf(customerUserId: number): TimelineRows;

  /** What its API shows the caller of the records with these ids, by id; they are of {@link rowsOf}. */
  abstract recordsOf(customerUserId: number, ids: readonly number[]): Promise<ReadonlyMap<number, object>>;
}
