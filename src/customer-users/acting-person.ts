import type { Principal } from '../platform/context/index.js';
import { Rights } from '../platform/context/index.js';
import type { CustomerUser } from './customer-user.entity.js';

export type Obstacle = 'disabled' | 'unconfirmed' | 'password_reset' | 'guest' | 'organization_disabled';

export const nameOf = ({ firstName, lastName }: CustomerUser): string => `${firstName} ${lastName}`;

/** A customer user as the one who acts; without rights where a mailed link, or his registration, is all that he shows. */
export const principalOf = (person: CustomerUser, rights: Rights = new Rights([])): Principal => ({
  side: 'storefront',
  type: 'customer-user',
  id: person.id,
  name: nameOf(person),
  organizationId: person.organizationId,
  globalAccess: false,
  customerId: person.customerId,
  rights,
});

/** What of himself keeps a customer user from acting. */
export function obstacleOf({ guest, enabled, confirmed, passwordStatus }: CustomerUser): Obstacle | undefined {
  if (guest) return 'guest';
  if (!enabled) return 'disabled';
  if (!confirmed) return 'unconfirmed';
  if (passwordStatus === 'reset') return 'password_reset';
  return undefined;
}
