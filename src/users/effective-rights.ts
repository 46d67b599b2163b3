import { Injectable } from '@nestjs/common';
import { type StoredMatrix, StoredRights } from '../platform/authorization/index.js';
import type { PermissionMatrix, Rights } from '../platform/context/index.js';

/** What the roles of console users come to, over the catalog. */
@Injectable()
export class EffectiveRights {
  constructor(private readonly stored: StoredRights) {}

  /** Every entity, action and capability with what the role makes of it. */
  of(role: StoredMatrix): PermissionMatrix {
    return this.stored.of('backend', role);
  }

  /** What roles allow together. */
  together(roles: readonly StoredMatrix[]): Rights {
    return this.stored.together('backend', roles);
  }

  kept(given: PermissionMatrix): StoredMatrix {
    return this.stored.kept('backend', given);
  }

  areSame(role: StoredMatrix, next: StoredMatrix): boolean {
    return this.stored.areSame('backend', role, next);
  }
}
