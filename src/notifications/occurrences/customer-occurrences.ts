import { Injectable } from '@nestjs/common';
import { CustomerPortraits } from '../../customers/index.js';
import { addresseeOf } from '../rules/addressees.js';
import type { EventName } from './events.js';
import { Occurrence } from './occurrence.js';

interface About {
  readonly event: EventName;
  readonly organizationId: number;
  readonly customerId: number;
}

/** Makes occurrences of what happens to customers. */
@Injectable()
export class CustomerOccurrences {
  constructor(private readonly portraits: CustomerPortraits) {}

  /** `facts` are what the event knows beside the customer. */
  of({ customerId, event, organizationId }: About, facts: () => Promise<object>): Occurrence {
    const portrait = () => this.portraits.of(customerId);
    return new Occurrence({
      ...{ event, organizationId, recordId: customerId },
      facts: async () => ({ ...(await facts()) }),
      record: portrait,
      person: () => Promise.resolve(undefined),
      owner: async () => {
        const owner = (await portrait())?.owner;
        return owner ? addresseeOf(owner) : undefined;
      },
    });
  }
}
