import { Injectable } from '@nestjs/common';
import type { Permission } from '../platform/authorization/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { CustomerUserUse } from './customer-user-use.js';
import { CustomerUserInUse, MoveRefused } from './customer-users.errors.js';

/** What other features keep of customer users, for those who move or delete them. */
@Injectable()
export class CustomerUserUses {
  constructor(private readonly contributions: Contributions) {}

  /** Throws `CustomerUserInUse` while anything refers to the customer user. */
  async refuseUsed(id: number): Promise<void> {
    const uses = await Promise.all(this.all().map((use) => use.uses(id)));
    if (uses.flat().length > 0) throw new CustomerUserInUse(uses.flat());
  }

  /** Parts a customer user who goes to another customer from what stays behind. Throws `MoveRefused` when the caller may not. */
  async move(id: number): Promise<void> {
    const lacking = (await this.lacking([id])).get(id);
    if (lacking) throw new MoveRefused(lacking);
    await this.release([id]);
  }

  /** By customer user, what the caller lacks to move him; who may be moved is left out. */
  async lacking(ids: readonly number[]): Promise<Map<number, readonly Permission[]>> {
    const lacking = new Map<number, readonly Permission[]>();
    if (ids.length === 0) return lacking;
    for (const use of this.all())
      for (const [id, permissions] of await use.lacking(ids)) lacking.set(id, [...(lacking.get(id) ?? []), ...permissions]);
    return lacking;
  }

  async release(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) for (const use of this.all()) await use.release(ids);
  }

  private all(): CustomerUserUse[] {
    return this.contributions.instancesOf(CustomerUserUse);
  }
}
