import { Injectable } from '@nestjs/common';
import { Users } from '../../users/index.js';
import type { PersonRecord } from './person-record.js';
import type { RecordDraft, RecordView } from './record.dto.js';
import type { RecordKind } from './record-kind.js';

/** Records as clients see them. */
@Injectable()
export class RecordViews {
  constructor(private readonly users: Users) {}

  async of<Row extends PersonRecord, View extends RecordView>(kind: RecordKind<Row, Partial<RecordDraft>, View>, row: Row): Promise<View> {
    const [view] = await this.ofAll(kind, [row]);
    return view as View;
  }

  async ofAll<Row extends PersonRecord, View extends RecordView>(
    kind: RecordKind<Row, Partial<RecordDraft>, View>,
    rows: readonly Row[],
  ): Promise<View[]> {
    const owners = await this.users.summaries(rows.flatMap(({ ownerId }) => ownerId ?? []));
    await kind.complete(rows);
    const contents = await kind.contentsOf(rows);
    return rows.map(({ id, customerUserId, ownerId, createdAt, updatedAt, version }, index) => {
      const owner = (ownerId !== null && owners.get(ownerId)) || null;
      return { id, customerUserId, ...contents[index], ownerId, owner, createdAt, updatedAt, version } as View;
    });
  }
}
