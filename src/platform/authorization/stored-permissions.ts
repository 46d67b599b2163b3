import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { PermissionMatrix, Side } from '../context/index.js';
import { Contributions } from '../contributions/index.js';
import { PermissionCatalog } from './permission-catalog.js';

/** What a role holds, as it is stored. */
export interface StoredRole {
  /** As the log names it: `customer user role 4 (ROLE_FRONTEND_BUYER)`. */
  readonly name: string;
  readonly side: Side;
  readonly matrix: PermissionMatrix;
}

/** Roles that hold permissions. Features provide them, by extending the class. */
export abstract class StoredRoles {
  /** Every role of every organization, some at a time. */
  abstract all(): AsyncIterable<readonly StoredRole[]>;
}

/** Says at the start which stored permissions the catalog does not know any more: they are not obeyed. */
@Injectable()
export class StoredPermissions implements OnApplicationBootstrap {
  private readonly logger = new Logger(StoredPermissions.name);

  constructor(
    private readonly contributions: Contributions,
    private readonly catalog: PermissionCatalog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { name, unknown } of await this.unknown())
      this.logger.warn(`The ${name} holds what the permission catalog does not know, and what is not obeyed: ${unknown.join(', ')}`);
  }

  /** The roles that hold such permissions, with their names: `order:fly`, `order:view at organization` or `levitate`. */
  async unknown(): Promise<{ name: string; unknown: string[] }[]> {
    const found: { name: string; unknown: string[] }[] = [];
    for (const roles of this.contributions.instancesOf(StoredRoles))
      for await (const some of roles.all())
        for (const { name, side, matrix } of some) {
          const unknown = this.catalog.unknownIn(side, matrix);
          if (unknown.length > 0) found.push({ name, unknown });
        }
    return found;
  }
}
