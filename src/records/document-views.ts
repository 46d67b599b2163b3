import { Injectable } from '@nestjs/common';
import { CustomerUsers } from '../customer-users/index.js';
import { Customers } from '../customers/index.js';
import type { CommerceDocument } from './commerce-document.entity.js';
import type { DocumentView } from './documents.dto.js';

/** Documents as clients see them. */
@Injectable()
export class DocumentViews {
  constructor(
    private readonly customers: Customers,
    private readonly customerUsers: CustomerUsers,
  ) {}

  async of(row: CommerceDocument): Promise<DocumentView> {
    const [view] = await this.ofAll([row]);
    return view as DocumentView;
  }

  async ofAll(rows: readonly CommerceDocument[]): Promise<DocumentView[]> {
    const customers = await this.customers.summaries(rows.map(({ customerId }) => customerId));
    const people = await this.customerUsers.summaries(rows.flatMap(({ customerUserId }) => customerUserId ?? []));
    return rows.map(({ totalAmount, currency, ...row }) => ({
      id: row.id,
      organizationId: row.organizationId,
      kind: row.kind,
      externalId: row.externalId,
      customerId: row.customerId,
      customer: customers.get(row.customerId) ?? { id: row.customerId, name: '' },
      customerUserId: row.customerUserId,
      customerUser: (row.customerUserId !== null && people.get(row.customerUserId)) || null,
      number: row.number,
      name: row.name,
      status: row.status,
      total: totalAmount === null || currency === null ? null : { amount: totalAmount, currency },
      placedAt: row.placedAt,
      url: row.url,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      version: row.version,
    }));
  }
}
