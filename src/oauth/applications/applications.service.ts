import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock, Random } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { History, type HistoryRules } from '../../platform/history/index.js';
import type { ListRequest } from '../../platform/listing/index.js';
import { ApplicationOrganizations } from './application-organizations.js';
import { ApplicationScopes } from './application-scopes.js';
import { ApplicationStanding } from './application-standing.js';
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
import { factsOf } from '../tokens/clients.js';
import { OAuthApplication, type OwnerType } from './oauth-application.entity.js';
import { KEYS_WARNING } from '../oauth.errors.js';
import {
  OAuthApplicationActivated,
  OAuthApplicationCreated,
  OAuthApplicationDeactivated,
  OAuthApplicationDeleted,
} from '../oauth.events.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';
import { SigningKeys } from '../keys/signing-keys.js';

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
    private readonly organizations: ApplicationOrganizations,
    private readonly keys: SigningKeys,
    private readonly uses: ClientUses,
    private readonly scopes: ApplicationScopes,
    private readonly standings: ApplicationStanding,
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

  /** `ownerOf` is asked in the unit of work that creates. Throws `KeysUnavailable` while no token could be signed for it. */
  create(
    ownerOf: () => Promise<Owner>,
    { name, scopes, active = true, organizationId, secretExpiresAt }: OAuthApplicationDraft,
  ): Promise<OAuthApplicationWithSecret> {
    return this.work.run(async () => {
      const owner = await ownerOf();
      this.keys.signing();
      const now = this.clock.now();
      const owned = { ownerType: owner.type, ownerId: owner.id, organizationId: organizationId ?? owner.organizationId };
      await this.organizations.refuseMove({ ...owned, organizationId: owner.organizationId }, owned.organizationId);
      const saved = await this.applications.save(
        Object.assign(new OAuthApplication(), {
          ...owned,
          name,
          clientId: this.random.uuid().replaceAll('-', ''),
          active,
          scopes: await (scopes === undefined ? this.scopes.all(owned) : this.scopes.checked(owned, scopes)),
          lastUsedAt: null,
          createdAt: now,
          updatedAt: now,
        }),
      );
      const clientSecret = await this.secrets.insert(saved.id, this.secrets.expiryOf('secretExpiresAt', secretExpiresAt));
      await this.history.created(APPLICATION_HISTORY, saved);
      await this.events.record(new OAuthApplicationCreated(...this.account(saved)));
      return { ...(await this.views.one(saved)), clientSecret, warning: this.warning() };
    });
  }

  change(id: number, { name, scopes, active, organizationId }: OAuthApplicationChange): Promise<OAuthApplicationView> {
    return this.work.run(async () => {
      const row = await this.applications.getForChange(id, OAuthApplicationPermission.edit);
      const before = { ...row };
      if (organizationId !== undefined) await this.organizations.refuseMove(row, organizationId);
      row.organizationId = organizationId ?? row.organizationId;
      if (scopes !== undefined) row.scopes = await this.scopes.checked(row, scopes, row.scopes);
      if (name !== undefined) row.name = name;
      if (active === true) await this.standings.refuseWithoutOwner(row);
      row.active = active ?? row.active;
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
    if (isDeepStrictEqual(before, { ...row })) return row;
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
}
