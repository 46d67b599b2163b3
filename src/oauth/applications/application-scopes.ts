import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts } from '../../customer-users/index.js';
import { AboveOwnRights, type Excess, PermissionCatalog } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
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
    private readonly context: CurrentContext,
  ) {}

  /** Every scope that the owner has a right to now; of them, where an application gives them, those that it has itself. */
  async all(owner: Owned): Promise<string[]> {
    const rights = await this.rightsOf(owner);
    const own = this.ownScopes();
    return [...this.catalogOf(owner)].filter((name) => rights.holds(name) && (own?.includes(name) ?? true)).sort();
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
  async refuseAboveCaller({ ownerType, ownerId }: Owned, scopes: readonly Excess[]): Promise<void> {
    const own = this.ownScopes();
    const beyond = own ? scopes.filter(({ right }) => !own.includes(right)) : [];
    if (beyond.length > 0) throw new AboveOwnRights('oauth_applications.above_own_rights', beyond);
    if (ownerType === 'user') await this.users.refuseAbove(ownerId);
  }

  /** Those of the application that acts; `undefined` where a person does. */
  private ownScopes(): readonly string[] | undefined {
    return this.context.principal().application?.scopes;
  }

  private catalogOf({ ownerType }: Owned): Set<string> {
    return this.catalog.scopes(ownerType === 'user' ? 'backend' : 'storefront');
  }

  private rightsOf({ ownerType, ownerId }: Owned) {
    return ownerType === 'user' ? this.users.rightsOf(ownerId) : this.accounts.rightsOf(ownerId);
  }
}
