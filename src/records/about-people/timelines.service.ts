import { Injectable } from '@nestjs/common';
import { CustomerUsers } from '../../customer-users/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { Contributions } from '../../platform/contributions/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { RecordSources } from './record-sources.js';
import { countParts, partOf, readParts, type TimelineEntry } from './timeline-parts.js';
import { type TimelineKind, TimelineSource } from './timeline-source.js';
import type { TimelineEntryView } from './timeline.dto.js';
import { timelineListing } from './timeline.listing.js';

/** All that happened around a customer user, whichever feature keeps it. */
@Injectable()
export class Timelines {
  constructor(
    private readonly work: UnitOfWork,
    private readonly contributions: Contributions,
    private readonly records: RecordSources,
    private readonly customerUsers: CustomerUsers,
    private readonly context: CurrentContext,
  ) {}

  async page(personId: number, request: ListRequest): Promise<Page<TimelineEntryView>> {
    await this.customerUsers.getReachable(personId);
    const { manager } = this.work;
    const { limit } = request;
    const sources = this.sourcesFor(request);
    const parts = sources.map((source) => partOf(source.kind, source.rowsOf(personId), request));
    const found = await readParts(manager, parts, request);
    const total = request.total ? { total: await countParts(manager, parts) } : {};
    const last = found.length > limit ? found[limit - 1] : undefined;
    const next = last ? timelineListing.cursorAt(last, request) : null;
    return { items: await this.shown(personId, sources, found.slice(0, limit)), page: { limit, next, ...total } };
  }

  /** Those that the caller may see and asks for. */
  private sourcesFor({ filters }: ListRequest): TimelineSource[] {
    const { rights } = this.context.principal();
    const asked = (kind: TimelineKind) =>
      filters.every(({ name, operator, values }) => name !== 'kind' || values.includes(kind) === (operator !== 'ne'));
    return [...this.records.all(), ...this.contributions.instancesOf(TimelineSource)].filter(
      ({ kind, permission }) => rights.holds(permission.name) && asked(kind),
    );
  }

  private async shown(
    personId: number,
    sources: readonly TimelineSource[],
    entries: readonly TimelineEntry[],
  ): Promise<TimelineEntryView[]> {
    const records = new Map<TimelineKind, ReadonlyMap<number, object>>();
    for (const source of sources) {
      const ids = entries.filter(({ kind }) => kind === source.kind).map(({ recordId }) => recordId);
      if (ids.length > 0) records.set(source.kind, await source.recordsOf(personId, ids));
    }
    return entries.flatMap(({ kind, at, recordId }) => {
      // What was removed since its place was read is left out.
      const record = records.get(kind)?.get(recordId);
      return record ? [{ kind, at, record }] : [];
    });
  }
}
