import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Permission, PermissionMissing, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Consent, ConsentWebsite } from './consent.entity.js';
import { ConsentNotFound } from './consents.errors.js';
import { ConsentPermission } from './consents.permissions.js';

@Injectable()
export class ConsentsRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  /** The consents that the caller reaches with `permission`. */
  reached(permission: Permission) {
    const query = this.work.repository(Consent).createQueryBuilder('consent');
    return within(query, this.context.principal(), permission, { organization: 'consent.organizationId' });
  }

  async get(id: number): Promise<Consent> {
    const row = await this.reached(ConsentPermission.view).andWhere('consent.id = :id', { id }).getOne();
    if (!row) throw new ConsentNotFound();
    return row;
  }

  /** The consent, locked, when the caller may see it (else 404) and do `permission` to it (else 403), and has its present version. */
  async getForChange(id: number, permission: Permission): Promise<Consent> {
    await this.work.repository(Consent).findOne({ where: { id }, lock: this.work.forUpdate });
    const row = await this.get(id);
    if (!(await this.reached(permission).andWhere('consent.id = :id', { id }).getExists())) throw new PermissionMissing(permission.name);
    this.context.refuseStale(row.version);
    return row;
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
