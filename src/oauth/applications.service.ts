import { Injectable } from '@nestjs/common';
import { PermissionCatalog } from '../platform/authorization/index.js';
import { Clock, Random } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest } from '../platform/listing/index.js';
import { Organizations } from '../organizations/index.js';
import { ApplicationSecrets } from './application-secrets.service.js';
import { ApplicationViews } from './application-views.js';
import type {
  OAuthApplicationChange,
  OAuthApplicationDraft,
  OAuthApplicationView,
  OAuthApplicationWithSecret,
} from './applications.dto.js';
import { type ApplicationPage, applicationListing } from './applications.listing.js';
import { ApplicationsRepository } from './applications.repository.js';
import { ClientUses } from './client-uses.js';
import { factsOf } from './clients.js';
import { OAuthApplication, type OwnerType } from './oauth-application.entity.js';
import { KEYS_WARNING, OrganizationRefused, ScopeUnknown } from './oauth.errors.js';
import {
  OAuthApplicationActivated,
  OAuthApplicationCreated,
  OAuthApplicationDeactivated,
  OAuthApplicationDeleted,
} from './oauth.events.js';
import { OAuthApplicationPermission } from './oauth.permissions.js';
import { SigningKeys } from './signing-keys.js';

/** Whom an application acts for. */
export interface Owner {
  type: OwnerType;
  id: number;
  organizationId: number;
}

export const APPLICATION_HISTORY: HistoryRules<OAuthApplication> = {
  entity: 'oauth_application',
  members: ['name', 'organizationId', 'ownerType', 'ownerId', 'clientId', 'active', 'scopes'],
};

@Injectable()
export class OAuthApplications {
  constructor(
    private readonly work: UnitOfWork,
    private readonly applications: ApplicationsRepository,
    private readonly secrets: ApplicationSecrets,
    private readonly views: ApplicationViews,
    private readonly organizations: Organizations,
    private readonly keys: SigningKeys,
    private readonly uses: ClientUses,
    private readonly catalog: PermissionCatalog,
    private readonly history: History,
    private readonly events: Events,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A page of those that the caller sees; of one owner where one is named. */
  async list(request: ListRequest, owner?: Pick<Owner, 'type' | 'id'>): Promise<ApplicationPage> {
    await this.uses.flush();
    const query = this.applications.reached(OAuthApplicationPermission.view);
    if (owner) query.andWhere({ ownerType: owner.type, ownerId: owner.id });
    const { rows, page } = await applicationListing.page(query, request);
    return { items: await this.views.many(rows), page, warning: this.warning() };
  }

  async get(id: number): Promise<OAuthApplicationView> {
    await this.uses.flush();
    return this.views.one(await this.applications.get(id));
  }

  /** Throws `KeysUnavailable` while no token could be signed for it. */
  create(owner: Owner, { name, scopes, active = true, organizationId }: OAuthApplicationDraft): Promise<OAuthApplicationWithSecret> {
    return this.work.run(async () => {
      this.keys.signing();
      const now = this.clock.now();
      const saved = await this.applications.save(
        Object.assign(new OAuthApplication(), {
          organizationId: await this.organizationFor(owner, organizationId),
          name,
          ownerType: owner.type,
          ownerId: owner.id,
          clientId: this.random.uuid().replaceAll('-', ''),
          active,
          scopes: this.scopesFor(owner.type, scopes),
          lastUsedAt: null,
          createdAt: now,
          updatedAt: now,
        }),
      );
      const clientSecret = await this.secrets.insert(saved.id, null);
      await this.history.created(APPLICATION_HISTORY, saved);
      await this.events.record(new OAuthApplicationCreated(...this.account(saved)));
      return { ...(await this.views.one(saved)), clientSecret, warning: this.warning() };
    });
  }

  change(id: number, { name, scopes, active, organizationId }: OAuthApplicationChange): Promise<OAuthApplicationView> {
    return this.work.run(async () => {
      const row = await this.applications.getForChange(id, OAuthApplicationPermission.edit);
      const before = { ...row };
      if (organizationId !== undefined && organizationId !== row.organizationId)
        row.organizationId = await this.organizationFor({ type: row.ownerType, organizationId: row.organizationId }, organizationId);
      if (scopes !== undefined) row.scopes = this.scopesFor(row.ownerType, scopes);
      if (name !== undefined) row.name = name;
      if (active !== undefined) row.active = active;
      return this.views.one(await this.keep(before, row));
    });
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const row = await this.applications.getForChange(id, OAuthApplicationPermission.delete);
      await this.applications.remove(id);
      await this.history.deleted(APPLICATION_HISTORY, row);
      await this.events.record(new OAuthApplicationDeleted(...this.account(row)));
    });
  }

  private async keep(before: OAuthApplication, row: OAuthApplication): Promise<OAuthApplication> {
    const saved = await this.applications.save(Object.assign(row, { updatedAt: this.clock.now() }));
    await this.history.changed(APPLICATION_HISTORY, before, saved);
    if (before.active !== saved.active) {
      const Event = saved.active ? OAuthApplicationActivated : OAuthApplicationDeactivated;
      await this.events.record(new Event(...this.account(saved)));
    }
    return saved;
  }

  private account(row: OAuthApplication) {
    return [factsOf(row), this.clock.now(), this.context.principal().name] as const;
  }

  private warning(): string | null {
    return this.keys.fault() === undefined ? null : KEYS_WARNING;
  }

  private scopesFor(owner: OwnerType, scopes: readonly string[] | undefined): string[] {
    const catalog = this.catalog.scopes(owner === 'user' ? 'backend' : 'storefront');
    const unknown = (scopes ?? []).map((name, index) => ({ name, index })).filter(({ name }) => !catalog.has(name));
    if (unknown.length > 0) throw new ScopeUnknown(unknown);
    return [...(scopes ?? catalog)].sort();
  }

  private async organizationFor(owner: Pick<Owner, 'type' | 'organizationId'>, wanted: number | undefined): Promise<number> {
    if (wanted === undefined || wanted === owner.organizationId) return owner.organizationId;
    if (!this.context.principal().globalAccess) throw new OrganizationRefused('Another organization needs global access.');
    if (owner.type === 'customer-user') throw new OrganizationRefused("A customer user's application belongs to his own organization.");
    if (!(await this.organizations.find(wanted))) throw new OrganizationRefused('There is no such organization.');
    return wanted;
  }
}
