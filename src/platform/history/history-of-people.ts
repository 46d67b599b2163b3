import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, MoreThan } from 'typeorm';
import { UnitOfWork } from '../database/index.js';
import { ERASED } from '../personal-data/index.js';
import { type Changes, HistoryEntry } from './history-entry.entity.js';

/** Rows of one read. */
const BATCH = 500;

/** Whether a value that the history shows says who somebody is. */
export type IsPersonal = (member: string, value: unknown) => boolean;

/** What the history tells of people, and of what they did. */
@Injectable()
export class HistoryOfPeople {
  constructor(private readonly work: UnitOfWork) {}

  /** The oldest first. */
  changesOf(entity: string, entityId: number): Promise<HistoryEntry[]> {
    return this.rows.find({ where: { entity, entityId }, order: { id: 'ASC' } });
  }

  /** The oldest first. */
  actsOf(actorType: string, actorId: number): Promise<HistoryEntry[]> {
    return this.rows.find({ where: { actorType, actorId }, order: { id: 'ASC' } });
  }

  /** Blots the personal values out of what a record once was: that it changed, when and by whom stays. */
  async blot(entity: string, entityId: number, isPersonal: IsPersonal): Promise<void> {
    for (let last = 0, found = BATCH; found === BATCH;) {
      const where: FindOptionsWhere<HistoryEntry> = { entity, entityId, id: MoreThan(last) };
      const entries = await this.rows.find({ where, order: { id: 'ASC' }, take: BATCH });
      for (const { id, changes } of entries) await this.rows.update({ id }, { changes: blotted(changes, isPersonal) as object });
      found = entries.length;
      last = entries.at(-1)?.id ?? last;
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
