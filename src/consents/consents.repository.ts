import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Consent, ConsentWebsite } from './consent.entity.js';
import { ConsentNotFound } from './consents.errors.js';
import { ConsentPermission } from './consents.permissions.js';

@Injectable()
export class ConsentsRepository extends ReachedRows<Consent> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: Consent,
      alias: 'consent',
      view: ConsentPermission.view,
      columns: { organization: 'consent.organizationId' },
    });
  }

  protected override missing(): Error {
    return new ConsentNotFound();
  }

  /** A consent of the organization; whoever acts. */
  find(id: number, organizationId: number): Promise<Consent | null> {
    return this.work.repository(Consent).findOneBy({ id, organizationId });
  }

  add(consent: Omit<Consent, 'id' | 'version'>): Promise<Consent> {
    return this.work.repository(Consent).save(Object.assign(new Consent(), consent));
  }

  /** Writes the members, if any, and counts the change. */
  async change(id: number, members: Partial<Consent> & { updatedAt: Date }): Promise<void> {
    await this.work.repository(Consent).createQueryBuilder().update().set(members).where({ id }).execute();
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(Consent).delete({ id });
  }

  async websitesOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    const rows = await this.work.repository(ConsentWebsite).find({ where: { consentId: In(ids) }, order: { websiteId: 'ASC' } });
    return new Map(ids.map((id) => [id, rows.filter(({ consentId }) => consentId === id).map(({ websiteId }) => websiteId)]));
  }

  async replaceWebsites(consentId: number, websiteIds: readonly number[]): Promise<void> {
    const rows = this.work.repository(ConsentWebsite);
    await rows.delete({ consentId });
    if (websiteIds.length > 0) await rows.insert(websiteIds.map((websiteId) => ({ consentId, websiteId })));
  }
}
