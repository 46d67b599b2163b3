import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Foundation } from './foundation.js';
import { OrganizationChoice } from './organization-choice.js';
import { Organization } from './organization.entity.js';
import type { OrganizationChange, OrganizationDraft, OrganizationView } from './organizations.dto.js';
import { GlobalAccessRequired, OwnOrganizationKept } from './organizations.errors.js';
import { organizationListing } from './organizations.listings.js';
import { OrganizationPermission } from './organizations.permissions.js';
import { OrganizationsRepository } from './organizations.repository.js';

const HISTORY: HistoryRules<Organization & { organizationId: number }> = { entity: 'organization', members: ['name', 'enabled'] };

const recorded = (row: Organization) => ({ ...row, organizationId: row.id });

@Injectable()
export class Organizations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: OrganizationsRepository,
    private readonly foundation: Foundation,
    private readonly choice: OrganizationChoice,
    private readonly context: CurrentContext,
    private readonly history: History,
    private readonly clock: Clock,
    private readonly http: HttpSettings,
  ) {}

  async list(request: ListRequest): Promise<Page<OrganizationView>> {
    const { rows, page } = await organizationListing.page(this.organizations.reached(), request);
    return { items: rows, page };
  }

  get(id: number): Promise<OrganizationView> {
    return this.organizations.get(id);
  }

  /** For the product itself, whoever acts. */
  find(id: number): Promise<OrganizationView | null> {
    return this.organizations.find(id);
  }

  /** Lets acts of one organization that must not happen at once happen one after the other: until the unit of work ends. */
  async lock(id: number): Promise<void> {
    await this.work.repository(Organization).findOne({ where: { id }, select: { id: true }, lock: this.work.forUpdate });
  }

  /** Of all of them. */
  ids(): Promise<number[]> {
    return this.organizations.ids();
  }

  exist(): Promise<boolean> {
    return this.organizations.exist();
  }

  async create(draft: OrganizationDraft): Promise<OrganizationView> {
    if (!this.choice.isFree(OrganizationPermission.create))
      throw new GlobalAccessRequired('organization', 'Creating an organization', OrganizationPermission.create.name);
    return this.found(draft);
  }

  /** An organization with all that it needs: English, a default website and the predefined roles; whoever acts. */
  found({ name, enabled = true }: OrganizationDraft): Promise<OrganizationView> {
    return this.work.run(async () => {
      const now = this.clock.now();
      const draft = Object.assign(new Organization(), { name, enabled, createdAt: now, updatedAt: now });
      const organization = await this.organizations.save(draft);
      await this.history.created(HISTORY, recorded(organization));
      await this.foundation.lay(organization.id, this.http.publicUrl);
      return organization;
    });
  }

  change(id: number, { name, enabled }: OrganizationChange): Promise<OrganizationView> {
    return this.work.run(async () => {
      const before = await this.organizations.getForChange(id, OrganizationPermission.edit);
      const given = Object.entries({ name, enabled }).filter(([, value]) => value !== undefined);
      const after = Object.assign(new Organization(), before, Object.fromEntries(given));
      if (isDeepStrictEqual(after, before)) return before;
      if (!after.enabled && id === this.context.principal().organizationId) throw new OwnOrganizationKept();
      const saved = await this.organizations.save(Object.assign(after, { updatedAt: this.clock.now() }));
      await this.history.changed(HISTORY, recorded(before), recorded(saved));
      return saved;
    });
  }

  /** Refused once it has more than it was founded with. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const organization = await this.organizations.getForChange(id, OrganizationPermission.delete);
      await this.foundation.clear(id);
      await this.organizations.remove(id);
      await this.history.deleted(HISTORY, recorded(organization));
    });
  }
}
