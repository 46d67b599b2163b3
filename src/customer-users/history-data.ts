import { Injectable } from '@nestjs/common';
import { type HistoryEntry, HistoryOfPeople } from '../platform/history/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { CUSTOMER_USER_HISTORY } from './customer-user-history.js';

/** Members whose values say nothing of who somebody is. What others are, is taken to say it. */
const IMPERSONAL = new Set<string>([
  ...['enabled', 'confirmed', 'guest', 'passwordStatus', 'customerId', 'ownerId', 'salesRepresentativeIds', 'websiteId'],
  ...['preferredLocalizationId', 'roleIds'],
]);

const ACTOR = 'customer-user';

/** What the history tells of a customer user, and of what he did himself. */
@Injectable()
export class HistoryData extends PersonalData {
  readonly section = 'history';

  constructor(private readonly history: HistoryOfPeople) {
    super();
  }

  async collect({ customerUserId }: DataSubject): Promise<unknown> {
    const changes = await this.history.changesOf(CUSTOMER_USER_HISTORY.entity, customerUserId);
    const acts = await this.history.actsOf(ACTOR, customerUserId);
    return { changes: changes.map(shown), acts: acts.map((entry) => ({ ...shown(entry), ip: entry.ip })) };
  }

  async erase({ customerUserId, pseudonym }: DataSubject): Promise<void> {
    await this.history.blot(CUSTOMER_USER_HISTORY.entity, customerUserId, (member) => !IMPERSONAL.has(member));
    await this.history.rename(ACTOR, customerUserId, pseudonym.name);
  }
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
