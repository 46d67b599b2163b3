import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In } from 'typeorm';
import { CustomerUserRemoved } from '../../customer-users/index.js';
import { Contributions } from '../../platform/contributions/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { History, HistoryOfPeople } from '../../platform/history/index.js';
import type { PersonRecord } from './person-record.js';
import type { RecordDraft, RecordView } from './record.dto.js';
import { RecordKind } from './record-kind.js';

/** Rows of one read. */
const CHUNK = 500;

/** Members that say nothing of what was written. */
const KEPT = new Set<string>(['customerUserId', 'ownerId']);

/** Removes records, and what they said with them: the history, which outlives them, tells from then on only that they were. */
@Injectable()
export class RecordRemoval {
  constructor(
    private readonly work: UnitOfWork,
    private readonly history: History,
    private readonly past: HistoryOfPeople,
    private readonly contributions: Contributions,
  ) {}

  /** In the unit of work that holds their customer user. */
  async remove<Row extends PersonRecord>(kind: RecordKind<Row, Partial<RecordDraft>, RecordView>, rows: readonly Row[]): Promise<void> {
    const { table, history } = kind;
    await kind.release(rows);
    const ids = rows.map(({ id }) => id);
    await this.work.repository(table).delete({ id: In(ids) } as FindOptionsWhere<Row>);
    for (const row of rows) {
      await this.history.deleted(history, row);
      await this.past.blot(history.entity, row.id, (member) => !KEPT.has(member));
    }
  }

  /** All of all kinds about a customer user; whoever acts. */
  async removeAllOf(customerUserId: number): Promise<void> {
    for (const kind of this.contributions.instancesOf(RecordKind)) {
      const rows = this.work.repository(kind.table);
      for (let found = CHUNK; found === CHUNK;) {
        const some = await rows.find({ where: { customerUserId }, order: { id: 'ASC' }, take: CHUNK });
        if (some.length > 0) await this.remove(kind, some);
        found = some.length;
      }
    }
  }

  @ListensTo(CustomerUserRemoved)
  async follow({ customerUserId }: CustomerUserRemoved): Promise<void> {
    await this.removeAllOf(customerUserId);
  }
}
