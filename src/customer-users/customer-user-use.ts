import type { Permission } from '../platform/authorization/index.js';

/** Records of a feature that refer to customer users and outlive their time at a customer, such as orders. Features provide it, by extending the class. */
export abstract class CustomerUserUse {
  /** What keeps a customer user from being deleted, in words: `2 orders`. Whoever acts. */
  abstract uses(customerUserId: number): Promise<readonly string[]>;

  /** By customer user, the permissions that the caller lacks to take him from the records that refer to him. */
  abstract lacking(customerUserIds: readonly number[]): Promise<ReadonlyMap<number, readonly Permission[]>>;

  /** Takes the customer users from all records: these stay with their customer. Whoever acts; in the unit of work that moves them. */
  abstract release(customerUserIds: readonly number[]): Promise<void>;
}
