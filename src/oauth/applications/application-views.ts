import { Injectable } from '@nestjs/common';
import { CustomerUsers } from '../../customer-users/index.js';
import { Organizations } from '../../organizations/index.js';
import { Users } from '../../users/index.js';
import type { OAuthApplicationView } from './applications.dto.js';
import { ApplicationsRepository } from './applications.repository.js';
import type { OAuthApplication, OwnerType } from './oauth-application.entity.js';

/** Applications as the admin API shows them. */
@Injectable()
export class ApplicationViews {
  constructor(
    private readonly applications: ApplicationsRepository,
    private readonly organizations: Organizations,
    private readonly customerUsers: CustomerUsers,
    private readonly users: Users,
  ) {}

  async one(row: OAuthApplication): Promise<OAuthApplicationView> {
    const [view] = await this.many([row]);
    return view as OAuthApplicationView;
  }

  async many(rows: readonly OAuthApplication[]): Promise<OAuthApplicationView[]> {
    const secrets = await this.applications.secretsOf(rows.map(({ id }) => id));
    const organizations = await this.organizationsOf(rows);
    const ownersOf = (type: OwnerType) => rows.filter(({ ownerType }) => ownerType === type).map(({ ownerId }) => ownerId);
    const owners = {
      'customer-user': await this.customerUsers.summaries(ownersOf('customer-user')),
      user: await this.users.summaries(ownersOf('user')),
    };
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      organization: { id: row.organizationId, name: organizations.get(row.organizationId) ?? '' },
      owner: { type: row.ownerType, id: row.ownerId, fullName: owners[row.ownerType].get(row.ownerId)?.fullName ?? null },
      clientId: row.clientId,
      active: row.active,
      scopes: row.scopes,
      secrets: secrets
        .filter(({ applicationId }) => applicationId === row.id)
        .map(({ id, hint, createdAt, expiresAt, lastUsedAt }) => ({ id, hint, createdAt, expiresAt, lastUsedAt })),
      lastUsedAt: row.lastUsedAt,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      version: row.version,
    }));
  }

  private async organizationsOf(rows: readonly OAuthApplication[]): Promise<Map<number, string>> {
    const names = new Map<number, string>();
    for (const id of new Set(rows.map(({ organizationId }) => organizationId)))
      names.set(id, (await this.organizations.find(id))?.name ?? '');
    return names;
  }
}
