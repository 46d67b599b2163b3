import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts, CustomerUserPermission } from '../../customer-users/index.js';
import { AboveOwnRights, type Excess, PermissionCatalog } from '../../platform/authorization/index.js';
import { CurrentContext, type Rights } from '../../platform/context/index.js';
import { RoleCeiling } from '../../roles/index.js';
import { Users } from '../../users/index.js';
import { ScopesRefused } from '../oauth.errors.js';
import type { OAuthApplication } from './oauth-application.entity.js';

/** Whose rights bound the scopes. */
type Owned = Pick<OAuthApplication, 'ownerType' | 'ownerId'>;

/** Which scopes an application may be given: those of the catalog that its owner has a right to. */
@Injectable()
export class ApplicationScopes {
  constructor(
    private readonly catalog: PermissionCatalog,
    private readonly accounts: CustomerUserAccounts,
    private readonly users: Users,
    private readonly ceiling: RoleCeiling,
    private readonly context: CurrentContext,
  ) {}

  /** Every scope that the owner has a right to now and that the caller may give. */
  async all(owner: Owned): Promise<string[]> {
    const rights = await this.rightsOf(owner);
    const mayGive = this.givenBy(owner, rights);
    return [...this.catalogOf(owner)].filter((name) => rights.holds(name) && mayGive(name)).sort();
  }

  /**
   * What an application comes to have. What it had before may stay, also where the owner has lost the right to it: its tokens are cut to
   * his rights in any case. Throws `ScopesRefused` or `AboveOwnRights`.
   */
  async checked(owner: Owned, scopes: readonly string[], before: readonly string[] = []): Promise<string[]> {
    const catalog = this.catalogOf(owner);
    const added = scopes.map((name, index) => ({ name, index })).filter(({ name }) => !before.includes(name));
    const rights = await this.rightsOf(owner);
    const unknown = added.filter(({ name }) => !catalog.has(name));
    const aboveOwner = added.filter(({ name }) => catalog.has(name) && !rights.holds(name));
    if (unknown.length + aboveOwner.length > 0) throw new ScopesRefused({ unknown, aboveOwner });
    if (added.length > 0)
      await this.refuseAboveCaller(
        owner,
        added.map(({ name, index }) => ({ right: name, pointer: `/scopes/${index}` })),
      );
    return [...scopes].sort();
  }

  /** Whoever gets hold of an application acts with these scopes as its owner: not for who may do less himself. Throws `AboveOwnRights`. */
  async refuseAboveCaller(owner: Owned, scopes: readonly Excess[]): Promise<void> {
    const mayGive = this.givenBy(owner, await this.rightsOf(owner));
    const beyond = scopes.filter(({ right }) => !mayGive(right));
    if (beyond.length > 0) throw new AboveOwnRights('oauth_applications.above_own_rights', beyond);
    if (owner.ownerType === 'user') await this.users.refuseAbove(owner.ownerId);
  }

  /**
   * Which scopes the caller may let an application have: an application its own, a console user for a customer user what he could give by
   * a role. What customer users alone can do, such as the edit of their own profile, is for who may edit them.
   */
  private givenBy({ ownerType }: Owned, rights: Rights): (scope: string) => boolean {
    const { application, rights: own } = this.context.principal();
    const has = (scope: string) => application?.scopes.includes(scope) ?? true;
    if (ownerType === 'user') return has;
    const [console, holds] = [this.catalog.scopes('backend'), this.ceiling.holds()];
    return (scope) => {
      if (!console.has(scope)) return has(scope) && own.holds(CustomerUserPermission.edit.name);
      const level = rights.level(scope);
      return has(scope) && holds(scope, level === 'none' ? undefined : level);
    };
  }

  private catalogOf({ ownerType }: Owned): Set<string> {
    return this.catalog.scopes(ownerType === 'user' ? 'backend' : 'storefront');
  }

  private rightsOf({ ownerType, ownerId }: Owned) {
    return ownerType === 'user' ? this.users.rightsOf(ownerId) : this.accounts.rightsOf(ownerId);
  }
}
