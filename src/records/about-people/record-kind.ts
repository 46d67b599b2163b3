import type { Type } from '@nestjs/common';
import { definePermissions } from '../../platform/authorization/index.js';
import type { MemberFault } from '../../platform/errors/index.js';
import type { HistoryRules } from '../../platform/history/index.js';
import type { Listing } from '../../platform/listing/index.js';
import type { RecordDraft, RecordView } from './record.dto.js';
import type { PersonRecord } from './person-record.js';

export type RecordEntity = 'note' | 'calendar_event' | 'attachment';

/** Records of customer users are the merchant's: the storefront neither shows nor takes them. */
export const recordPermissions = (entity: string, label: string, description: string) =>
  definePermissions(entity, {
    group: 'Customers',
    label,
    description,
    actions: ['view', 'create', 'edit', 'delete'],
    levels: { backend: ['none', 'own', 'organization', 'global'] },
  });

/** What a view shows beside what all records have in common. */
export type ContentOf<View extends RecordView> = Omit<View, keyof RecordView>;

/** One kind of records about customer users, such as notes: what tells it from the others. Each kind extends the class. */
export abstract class RecordKind<
  Row extends PersonRecord = PersonRecord,
  Change extends Partial<RecordDraft> = RecordDraft,
  View extends RecordView = RecordView,
> {
  /** What collected data are called. */
  abstract readonly section: string;
  /** In words. */
  abstract readonly noun: string;
  abstract readonly table: Type<Row>;
  abstract readonly permissions: ReturnType<typeof recordPermissions>;
  /** Its columns have the entity's name for their alias. */
  abstract readonly listing: Listing;
  abstract readonly history: HistoryRules<Row> & { readonly entity: RecordEntity };
  /** Where it stands on timelines. */
  readonly moment: 'createdAt' | 'startsAt' = 'createdAt';

  /** As permissions, history and queries call it. */
  get entity(): RecordEntity {
    return this.history.entity;
  }

  /** Puts the members of a change, the owner apart, into the row; answers what is wrong with them. */
  abstract apply(row: Row, change: Change): MemberFault[] | Promise<MemberFault[]>;

  /** What the rows show, in their order. */
  abstract contentsOf(rows: readonly Row[]): ContentOf<View>[] | Promise<ContentOf<View>[]>;

  /** Puts into the rows what is kept of them elsewhere. */
  complete(_rows: readonly Row[]): Promise<void> {
    return Promise.resolve();
  }

  /** Lets go of what belongs to rows that are removed. */
  release(_rows: readonly Row[]): Promise<void> {
    return Promise.resolve();
  }

  /** Writes what is kept of a row elsewhere, after the row itself. */
  keepBelongings(_row: Row): Promise<void> {
    return Promise.resolve();
  }
}
