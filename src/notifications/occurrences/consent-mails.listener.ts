import { Injectable } from '@nestjs/common';
import { ConsentAccepted, ConsentWithdrawn } from '../../consents/index.js';
import { HttpSettings } from '../../platform/config/index.js';
import { ListensTo } from '../../platform/events/index.js';
import type { EventName } from './events.js';
import { Notifier } from '../notifier.js';
import { Occurrences } from './occurrences.js';

/** Tells rules of what people decide about consents. */
@Injectable()
export class ConsentMails {
  constructor(
    private readonly notifier: Notifier,
    private readonly occurrences: Occurrences,
    private readonly http: HttpSettings,
  ) {}

  @ListensTo(ConsentAccepted)
  async accepted(event: ConsentAccepted): Promise<void> {
    await this.tell('consent.accepted', event);
  }

  @ListensTo(ConsentWithdrawn)
  async withdrawn(event: ConsentWithdrawn): Promise<void> {
    await this.tell('consent.withdrawn', event);
  }

  private async tell(event: EventName, { organizationId, customerUserId, ...decided }: ConsentAccepted): Promise<void> {
    const facts = {
      ...{ consentId: decided.consentId, consentName: decided.name, consentVersion: decided.version },
      ...{ mandatory: decided.mandatory, at: decided.at.toISOString() },
      link: `${this.http.publicUrl}/admin/api/customer-users/${customerUserId}/consents`,
    };
    const about = { event, customerUserId, organizationId };
    await this.notifier.notify(this.occurrences.ofCustomerUser(about, ({ name }) => Promise.resolve({ ...facts, customerUserName: name })));
  }
}
