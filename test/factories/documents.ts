import type { DocumentView } from '../../src/records/documents.dto.js';
import type { Caller } from '../support/product.js';
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
