import type { Setting } from './setting-catalog.js';

/** What has to agree with a change of a setting, and to follow it. A module of a higher level provides it, by extending the class. */
export abstract class SettingGuard<T = unknown> {
  abstract readonly setting: Setting<T>;

  /**
   * Called in the transaction of the change, for each organization in which another value will hold; the organization's row is
   * locked. Throws a `DomainError` to refuse.
   */
  abstract follow(value: T, organizationId: number): Promise<void>;
}
