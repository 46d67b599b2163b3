import { Injectable } from '@nestjs/common';
import { Websites } from '../organizations/index.js';
import { AboveOwnRights, type Excess, excessOf, excessOver, type Holds, PermissionCatalog } from '../platform/authorization/index.js';
import { CurrentContext, type Level, type PermissionMatrix, reaches } from '../platform/context/index.js';
import type { GivenRole } from './given-role.js';

/** How far what a console user holds lets him give: his own are whole customers, and an organization is all of them. */
const WORTH: Partial<Record<Level, Level>> = { none: 'none', own: 'customer', organization: 'full', global: 'full' };

/** What somebody would give, and where he names it. */
export interface Gift {
  readonly rights: PermissionMatrix;
  /** Such as `/roleIds/0`. */
  readonly pointer: string;
}

/** Nobody gives customer users more than he holds himself, by the edit of a role or by giving them one. */
@Injectable()
export class RoleCeiling {
  constructor(
    private readonly catalog: PermissionCatalog,
    private readonly websites: Websites,
    private readonly context: CurrentContext,
  ) {}

  /** Refuses a role that comes to allow more than the caller holds; what it allowed `before` stays. Throws `AboveOwnRights`. */
  refuseRole(given: PermissionMatrix, before: PermissionMatrix): void {
    refuse(excessOver(before, given, this.holds()));
  }

  /** Refuses roles that allow more than the caller, if there is one, holds. Throws `AboveOwnRights` that points at each. */
  refuseGifts(gifts: readonly Gift[]): void {
    if (gifts.length === 0 || !this.context.findPrincipal()) return;
    const holds = this.holds();
    refuse(gifts.flatMap(({ rights, pointer }) => excessOf(rights, holds).map(({ right }) => ({ right, pointer }))));
  }

  /** The same for roles that are given to people, but for those of {@link aboveOwn} alone. */
  async refuseRoles<R extends GivenRole>(roles: readonly R[], pointerTo: (role: R) => string): Promise<void> {
    if (!this.context.findPrincipal()) return;
    this.refuseGifts((await this.aboveOwn(roles)).map((role) => ({ rights: role.rights, pointer: pointerTo(role) })));
  }

  /**
   * Those of the roles of an organization that the caller may not give to people, as they allow more than he holds. What a website gives to
   * whoever registers is the merchant's own choice, which every console user may follow.
   */
  async aboveOwn<R extends GivenRole>(roles: readonly R[]): Promise<R[]> {
    const holds = this.holds();
    const above = roles.filter(({ rights }) => excessOf(rights, holds).length > 0);
    const [first] = above;
    if (!first || this.context.principal().side === 'storefront') return above;
    const websites = await this.websites.ofOrganization(first.organizationId);
    const given = new Set(websites.flatMap(({ defaultRoleId, guestRoleId }) => [defaultRoleId, guestRoleId]));
    return above.filter(({ id }) => !given.has(id));
  }

  /** What the caller may let customer users, or applications of theirs, do. */
  holds(): Holds {
    const { side, rights } = this.context.principal();
    if (side === 'storefront') return (name, level) => rights.allows(name, level);
    const known = this.catalog.scopes('backend');
    return (name, level) => {
      // What customer users alone can hold, such as the edit of their own profile, no console user could ever hold himself.
      if (!known.has(name)) return true;
      return level ? reaches(WORTH[rights.level(name)] ?? 'none', level) : rights.holds(name);
    };
  }
}

function refuse(excess: readonly Excess[]): void {
  if (excess.length > 0) throw new AboveOwnRights('roles.above_own_rights', excess);
}
