import type { HistoryWritten } from '../../platform/history/index.js';
import type { EventName } from './events.js';

type Entry = HistoryWritten['entries'][number];

/** The events that an entry of the history of a customer user or a customer is. */
export function eventsOf({ entity, action, changes }: Entry): EventName[] {
  if (entity === 'customer') return action in OF_CUSTOMER ? [OF_CUSTOMER[action as keyof typeof OF_CUSTOMER]] : [];
  // That he was created is told once everything of him is there.
  if (entity !== 'customer_user') return [];
  if (action === 'deleted') return ['customer_user.deleted'];
  return action === 'changed' ? ['customer_user.changed', ...switched(changes)] : [];
}

const OF_CUSTOMER = { created: 'customer.created', changed: 'customer.changed', deleted: 'customer.deleted' } as const;

function switched({ enabled, confirmed, customerId, roleIds }: Entry['changes']): EventName[] {
  const events: (EventName | false | undefined)[] = [
    enabled && (enabled.new ? 'customer_user.enabled' : 'customer_user.disabled'),
    confirmed && confirmed.new === true && 'customer_user.confirmed',
    customerId && 'customer_user.moved',
    roleIds && 'customer_user.roles_changed',
  ];
  return events.filter((event) => typeof event === 'string');
}

/** The members that changed, as the API names them. */
export const changedMembers = ({ changes }: Entry): string[] =>
  Object.keys(changes).map((member) => (member === 'passwordHash' ? 'password' : member));
