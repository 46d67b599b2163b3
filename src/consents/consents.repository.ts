import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { InvalidInput } from '../platform/errors/index.js';
import { Consent, ConsentPlacement, ConsentWebsite } from './consent.entity.js';
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
    await refusingGone('/websiteIds', () => rows.insert(websiteIds.map((websiteId) => ({ consentId, websiteId }))));
  }
  async placementsOf(ids: readonly number[]): Promise<Map<number, ConsentPlacement[]>> {
    const rows = await this.work.repository(ConsentPlacement).find({ where: { consentId: In(ids) }, order: { websiteId: 'ASC' } });
    return new Map(ids.map((id) => [id, rows.filter(({ consentId }) => consentId === id)]));
  }

  /** By consent. */
  async placementsOn(websiteId: number): Promise<Map<number, ConsentPlacement>> {
    const rows = await this.work.repository(ConsentPlacement).findBy({ websiteId });
    return new Map(rows.map((row) => [row.consentId, row]));
  }

  async replacePlacements(consentId: number, placements: readonly Omit<ConsentPlacement, 'consentId'>[]): Promise<void> {
    const rows = this.work.repository(ConsentPlacement);
    await rows.delete({ consentId });
    await refusingGone('/websites', () => rows.insert(placements.map((placement) => ({ ...placement, consentId }))));
  }
}

/** A website that was there a moment ago may be gone. */
async function refusingGone(pointer: string, insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (!isBrokenReference(error)) throw error;
    throw new InvalidInput([{ pointer, code: 'consents.website_unknown', detail: 'One of the websites has been deleted.' }]);
  }
}
