import { Injectable } from '@nestjs/common';
import { batchesById, UnitOfWork } from '../database/index.js';
import { ERASED } from '../personal-data/index.js';
import { type Changes, HistoryEntry } from './history-entry.entity.js';

/** Whether a value that the history shows says who somebody is. */
type IsPersonal = (member: string, value: unknown) => boolean;

/** What the history tells of people, and of what they did. */
@Injectable()
export class HistoryOfPeople {
  constructor(private readonly work: UnitOfWork) {}

  /** The oldest first, some at a time. */
  changesOf(entity: string, entityId: number): AsyncGenerator<HistoryEntry[]> {
    return batchesById(this.work.manager, HistoryEntry, { entity, entityId });
  }

  /** The oldest first, some at a time. */
  actsOf(actorType: string, actorId: number): AsyncGenerator<HistoryEntry[]> {
    return batchesById(this.work.manager, HistoryEntry, { actorType, actorId });
  }

  /** Blots the personal values out of what a record once was: that it changed, when and by whom stays. */
  async blot(entity: string, entityId: number, isPersonal: IsPersonal): Promise<void> {
    for await (const entries of this.changesOf(entity, entityId)) {
      const { driver } = this.work.manager.dataSource;
      const column = driver.escape('changes');
      const values = entries.flatMap(({ id, changes }) => [id, JSON.stringify(blotted(changes, isPersonal))]);
      const ids = entries.map(({ id }) => id);
      await this.work.manager.query(
        `UPDATE ${driver.escape(this.rows.metadata.tableName)} SET ${column} = CASE id ${'WHEN ? THEN ? '.repeat(ids.length)}END
         WHERE id IN (${ids.map(() => '?').join(', ')})`,
        [...values, ...ids],
      );
    }
  }

  /** Has somebody's acts under another name, and from nowhere. */
  async rename(actorType: string, actorId: number, actorName: string): Promise<void> {
    await this.rows.update({ actorType, actorId }, { actorName, ip: null });
  }

  private get rows() {
    return this.work.repository(HistoryEntry);
  }
}

function blotted(changes: Changes, isPersonal: IsPersonal): Changes {
  const hide = (member: string, value: unknown) => (value !== null && isPersonal(member, value) ? ERASED : value);
  return Object.fromEntries(
    Object.entries(changes).map(([member, { old, new: now }]) => [member, { old: hide(member, old), new: hide(member, now) }]),
  );
}
