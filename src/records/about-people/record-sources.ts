import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { CurrentContext } from '../../platform/context/index.js';
import { Contributions } from '../../platform/contributions/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { RecordKind } from './record-kind.js';
import { RecordRows } from './record-rows.js';
import { RecordViews } from './record-views.js';
import { TimelineSource } from './timeline-source.js';

/** The records about customer users on their timelines. */
@Injectable()
export class RecordSources {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly contributions: Contributions,
    private readonly views: RecordViews,
  ) {}

  all(): TimelineSource[] {
    return this.contributions.instancesOf(RecordKind).map((kind) => new RecordSource(kind, this.work, this.context, this.views));
  }
}

class RecordSource extends TimelineSource {
  readonly kind;
  readonly permission;

  constructor(
    private readonly records: RecordKind,
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly views: RecordViews,
  ) {
    super();
    this.kind = records.entity;
    this.permission = records.permissions.view;
  }

  rowsOf(customerUserId: number) {
    const { entity, moment } = this.records;
    const query = new RecordRows(this.work, this.context, this.records, customerUserId).reached();
    return { query, id: `${entity}.id`, at: `${entity}.${moment}` };
  }

  async recordsOf(_customerUserId: number, ids: readonly number[]): Promise<Map<number, object>> {
    const rows = await this.work.repository(this.records.table).findBy({ id: In(ids) });
    return new Map((await this.views.ofAll(this.records, rows)).map((view) => [view.id, view]));
  }
}
