import { Injectable } from '@nestjs/common';
import { Contributions } from '../../platform/contributions/index.js';
import { batchesById, UnitOfWork } from '../../platform/database/index.js';
import { type DataSubject, PersonalData } from '../../platform/personal-data/index.js';
import { RecordKind } from './record-kind.js';
import { RecordRemoval } from './record-removal.js';
import { RecordViews } from './record-views.js';

/** The records about a customer user. They tell of him alone, and end with him. */
@Injectable()
export class RecordData extends PersonalData {
  readonly section = 'records';

  constructor(
    private readonly work: UnitOfWork,
    private readonly contributions: Contributions,
    private readonly views: RecordViews,
    private readonly removal: RecordRemoval,
  ) {
    super();
  }

  get tables(): string[] {
    return this.kinds.map(({ table }) => this.work.repository(table).metadata.tableName);
  }

  collect({ customerUserId }: DataSubject): Promise<unknown> {
    return Promise.resolve(Object.fromEntries(this.kinds.map((kind) => [kind.section, this.recordsOf(kind, customerUserId)])));
  }

  erase({ customerUserId }: DataSubject): Promise<void> {
    return this.removal.removeAllOf(customerUserId);
  }

  private async *recordsOf(kind: RecordKind, customerUserId: number): AsyncGenerator<unknown> {
    for await (const rows of batchesById(this.work.manager, kind.table, { customerUserId })) yield* await this.views.ofAll(kind, rows);
  }

  private get kinds() {
    return this.contributions.instancesOf(RecordKind);
  }
}
