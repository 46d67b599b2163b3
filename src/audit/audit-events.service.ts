import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { HistoryEntry } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import type { AuditEventView } from './audit-events.dto.js';
import { auditEventListing } from './audit-events.listing.js';
import { AuditEventPermission } from './audit.permissions.js';

/** Reads the history of changes. */
@Injectable()
export class AuditEvents {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  /** All that the caller may see of it. */
  list(request: ListRequest): Promise<Page<AuditEventView>> {
    const columns = { organization: 'event.organizationId' };
    return this.page(within(this.entries(), this.context.principal(), AuditEventPermission.view, columns), request);
  }

  /** What happened to one record, for whoever may see that, but for the members that are `hidden` from him. */
  async of(entity: string, entityId: number, request: ListRequest, hidden: readonly string[] = []): Promise<Page<AuditEventView>> {
    const { items, page } = await this.page(this.about(entity, entityId), request);
    return { items: items.map((event) => without(hidden, event)), page };
  }

  /** The same as a query over `event`, for who shows it with other things. */
  about(entity: string, entityId: number): SelectQueryBuilder<HistoryEntry> {
    return this.entries().where('event.entity = :entity AND event.entityId = :entityId', { entity, entityId });
  }

  /** By id; whoever acts. */
  async views(ids: readonly number[], hidden: readonly string[] = []): Promise<Map<number, AuditEventView>> {
    const rows = await this.work.repository(HistoryEntry).findBy({ id: In(ids) });
    return new Map(rows.map((row) => [row.id, without(hidden, viewOf(row))]));
  }

  private entries() {
    return this.work.repository(HistoryEntry).createQueryBuilder('event');
  }

  private async page(query: ReturnType<AuditEvents['entries']>, request: ListRequest): Promise<Page<AuditEventView>> {
    const { rows, page } = await auditEventListing.page(query, request);
    return { items: rows.map(viewOf), page };
  }
}

const viewOf = ({ actorType, actorId, actorName, ...event }: HistoryEntry): AuditEventView => ({
  ...event,
  actor: { type: actorType, id: actorId, name: actorName },
});

const without = (hidden: readonly string[], { changes, ...event }: AuditEventView): AuditEventView => ({
  ...event,
  changes: Object.fromEntries(Object.entries(changes).filter(([member]) => !hidden.includes(member))),
});
