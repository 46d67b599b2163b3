import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Permission, PermissionMissing, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { ApplicationNameTaken } from './oauth.errors.js';
import { OAuthApplicationPermission } from './oauth.permissions.js';
import { OAuthSecret } from './oauth-secret.entity.js';

@Injectable()
export class ApplicationsRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  /** The applications that the caller reaches with `permission`. */
  reached(permission: Permission) {
    const query = this.work.repository(OAuthApplication).createQueryBuilder('application');
    return within(query, this.context.principal(), permission, { organization: 'application.organizationId' });
  }

  async get(id: number): Promise<OAuthApplication> {
    const row = await this.reached(OAuthApplicationPermission.view).andWhere('application.id = :id', { id }).getOne();
    if (!row) throw new NotFound('OAuth application');
    return row;
  }

  /** The application, locked, when the caller may see it (else 404) and do `permission` to it (else 403), and has its present version. */
  async getForChange(id: number, permission: Permission): Promise<OAuthApplication> {
    await this.work.repository(OAuthApplication).findOne({ where: { id }, lock: this.work.forUpdate });
    const row = await this.get(id);
    const may = await this.reached(permission).andWhere('application.id = :id', { id }).getExists();
    if (!may) throw new PermissionMissing(permission.name);
    this.context.refuseStale(row.version);
    return row;
  }

  save(application: OAuthApplication): Promise<OAuthApplication> {
    return refusingDuplicates(this.work.manager, { uq_oauth_applications_name: () => new ApplicationNameTaken() }, () =>
      this.work.repository(OAuthApplication).save(application),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(OAuthApplication).delete({ id });
  }

  async secretsOf(ids: readonly number[]): Promise<OAuthSecret[]> {
    if (ids.length === 0) return [];
    return this.work.repository(OAuthSecret).find({ where: { applicationId: In([...ids]) }, order: { id: 'ASC' } });
  }

  async addSecret(secret: Omit<OAuthSecret, 'id'>): Promise<void> {
    await this.work.repository(OAuthSecret).insert(secret);
  }

  async removeSecret(applicationId: number, id: number): Promise<void> {
    const { affected } = await this.work.repository(OAuthSecret).delete({ id, applicationId });
    if (affected === 0) throw new NotFound('secret');
  }
}
