import { Injectable } from '@nestjs/common';
import { Contributions } from '../platform/contributions/index.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** What a feature gives every organization to begin with, and keeps there. Features provide it, by extending the class. */
export abstract class OrganizationBeginning {
  /** Adds what the organizations do not have yet: to a new one all of it, to others what came with a later version. */
  abstract lay(organizationIds: readonly number[]): Promise<void>;

  /** Takes it away from an organization that goes. What was added to it may stay, and keep the organization from going. */
  abstract clear(organizationId: number): Promise<void>;
}

@Injectable()
export class OrganizationBeginnings {
  constructor(
    private readonly contributions: Contributions,
    private readonly organizations: OrganizationsRepository,
  ) {}

  async lay(organizationIds: readonly number[]): Promise<void> {
    for (const beginning of this.contributions.instancesOf(OrganizationBeginning)) await beginning.lay(organizationIds);
  }

  /** For every organization. Call it under the start's lock, so that two processes do not both add. */
  async catchUp(): Promise<void> {
    await this.lay(await this.organizations.ids());
  }

  async clear(organizationId: number): Promise<void> {
    for (const beginning of this.contributions.instancesOf(OrganizationBeginning)) await beginning.clear(organizationId);
  }
}
