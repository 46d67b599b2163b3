import { CommerceDocument } from '../../src/records/commerce-document.entity.js';
import type { DocumentView } from '../../src/records/documents.dto.js';
import type { Caller, Product } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type DocumentBody = Json<DocumentView>;

let made = 0;

/** Where a document of a kind that nobody else has is put. */
export const aDocumentPath = (kind = 'orders'): string => `/admin/api/commerce-documents/${kind}/ERP-${(made += 1)}`;

/** An order, or a document of another kind, put over HTTP. */
export async function aDocument(
  caller: Caller,
  draft: { customerId: number; [member: string]: unknown },
  kind = 'orders',
): Promise<DocumentBody & { path: string }> {
  const path = aDocumentPath(kind);
  return { ...created(await caller.put<DocumentBody>(path, draft)), path };
}

/** Many orders of one customer user, written into the database as they are. */
export async function manyOrders(
  { work }: Product,
  count: number,
  { customerId, customerUserId }: { customerId: number; customerUserId: number },
): Promise<void> {
  const now = new Date();
  const rest = {
    organizationId: 1,
    kind: 'order',
    customerId,
    customerUserId,
    number: null,
    name: null,
    status: 'open',
    totalAmount: null,
    currency: null,
    url: null,
  } as const;
  const stamps = { placedAt: now, createdAt: now, updatedAt: now };
  const rows = Array.from({ length: count }, () => ({ ...rest, ...stamps, externalId: `MANY-${(made += 1)}` }));
  await work.repository(CommerceDocument).createQueryBuilder().insert().values(rows).updateEntity(false).execute();
}
