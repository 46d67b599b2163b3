import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { History, HistoryOfPeople } from '../../platform/history/index.js';
import { type DataSubject, ERASED, PersonalData } from '../../platform/personal-data/index.js';
import { ApplicationViews } from './application-views.js';
import { ApplicationsRepository } from './applications.repository.js';
import { APPLICATION_HISTORY } from './applications.service.js';
import { ClientUses } from './client-uses.js';
import { OAuthApplication } from './oauth-application.entity.js';

/** The applications that act for a customer user. They end with him. */
@Injectable()
export class ApplicationData extends PersonalData {
  readonly section = 'applications';
  readonly tables = ['oauth_applications'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly applications: ApplicationsRepository,
    private readonly views: ApplicationViews,
    private readonly uses: ClientUses,
    private readonly history: History,
    private readonly past: HistoryOfPeople,
  ) {
    super();
  }

  async collect(subject: DataSubject): Promise<unknown> {
    await this.uses.flush();
    return this.views.many(await this.of(subject));
  }

  /** Their names are his words; what they did stays in the history, as the acts of nobody's application. */
  async erase(subject: DataSubject): Promise<void> {
    for (const row of await this.of(subject)) {
      await this.past.blot(APPLICATION_HISTORY.entity, row.id, (member) => member === 'name');
      await this.past.rename('application', row.id, `${ERASED} (${subject.pseudonym.name})`);
      await this.applications.remove(row.id);
      await this.history.deleted(APPLICATION_HISTORY, { ...row, name: ERASED });
    }
  }

  private of({ customerUserId }: DataSubject): Promise<OAuthApplication[]> {
    const where = { ownerType: 'customer-user' as const, ownerId: customerUserId };
    return this.work.repository(OAuthApplication).find({ where, order: { id: 'ASC' } });
  }
}
