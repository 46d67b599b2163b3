import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { AuditEvents, type AuditEventView } from '../audit/index.js';
import type { HistoryEntry } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { CustomerUserAddresses } from './addresses/customer-user-addresses.service.js';
import { CUSTOMER_USER_HISTORY } from './customer-user-history.js';

/** What was changed of the customer users whom the caller sees; of their addresses, for who may see them. */
@Injectable()
export class CustomerUserChanges {
  constructor(
    private readonly addresses: CustomerUserAddresses,
    private readonly events: AuditEvents,
  ) {}

  async list(id: number, request: ListRequest): Promise<Page<AuditEventView>> {
    return this.events.of(CUSTOMER_USER_HISTORY.entity, id, request, await this.hidden(id));
  }

  /** The same as a query over `event`, for who shows it with other things. */
  about(id: number): SelectQueryBuilder<HistoryEntry> {
    return this.events.about(CUSTOMER_USER_HISTORY.entity, id);
  }

  /** Of {@link about}, by id. */
  async views(id: number, eventIds: readonly number[]): Promise<Map<number, AuditEventView>> {
    return this.events.views(eventIds, await this.hidden(id));
  }

  private async hidden(id: number): Promise<string[]> {
    return (await this.addresses.isShown(id)) ? [] : ['addresses'];
  }
}
