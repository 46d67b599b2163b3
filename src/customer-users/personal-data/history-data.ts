import { Injectable } from '@nestjs/common';
import { type HistoryEntry, HistoryOfPeople } from '../../platform/history/index.js';
import { type DataSubject, PersonalData } from '../../platform/personal-data/index.js';
import { CUSTOMER_USER_HISTORY } from '../customer-user-history.js';
import { isPersonal } from './personal-members.js';

const ACTOR = 'customer-user';

/** What the history tells of a customer user, and of what he did himself. */
@Injectable()
export class HistoryData extends PersonalData {
  readonly section = 'history';
  readonly tables = ['history_entries'];

  constructor(private readonly history: HistoryOfPeople) {
    super();
  }

  collect({ customerUserId }: DataSubject): Promise<unknown> {
    const changes = each(this.history.changesOf(CUSTOMER_USER_HISTORY.entity, customerUserId), shown);
    const acts = each(this.history.actsOf(ACTOR, customerUserId), (entry) => ({ ...shown(entry), ip: entry.ip }));
    return Promise.resolve({ changes, acts });
  }

  async erase({ customerUserId, pseudonym }: DataSubject): Promise<void> {
    await this.history.blot(CUSTOMER_USER_HISTORY.entity, customerUserId, isPersonal);
    await this.history.rename(ACTOR, customerUserId, pseudonym.name);
  }
}

async function* each<T>(batches: AsyncIterable<T[]>, show: (row: T) => unknown): AsyncGenerator<unknown> {
  for await (const rows of batches) yield* rows.map(show);
}

const shown = ({ at, entity, entityId, action, actorType, actorId, actorName, via, changes }: HistoryEntry) => ({
  at,
  entity,
  entityId,
  action,
  actor: { type: actorType, id: actorId, name: actorName },
  via,
  changes,
});
