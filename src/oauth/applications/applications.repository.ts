import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { refusingDuplicates, UnitOfWork } from '../../platform/database/index.js';
import { NotFound } from '../../platform/errors/index.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { ApplicationNameTaken } from '../oauth.errors.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';
import { OAuthSecret } from './oauth-secret.entity.js';

@Injectable()
export class ApplicationsRepository extends ReachedRows<OAuthApplication> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: OAuthApplication,
      alias: 'application',
      view: OAuthApplicationPermission.view,
      columns: { organization: 'application.organizationId' },
      noun: 'OAuth application',
    });
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
