import { definePermissions, EVERY_LEVEL } from '../platform/authorization/index.js';

/** What customers and the merchant exchange on the way to a sale. Named as permissions name it. */
export type DocumentEntity = 'order' | 'quote' | 'quote_request' | 'shopping_list';

/** A kind of commerce documents. */
export interface DocumentKind {
  readonly entity: DocumentEntity;
  /** In words; with an `s` for several. */
  readonly noun: string;
  readonly permissions: ReturnType<typeof permissionsOf>;
}

const permissionsOf = (entity: DocumentEntity, label: string, description: string) =>
  definePermissions(entity, { group: 'Documents', label, description, actions: ['view', 'create', 'edit', 'delete'], levels: EVERY_LEVEL });

const kind = (entity: DocumentEntity, label: string, description: string): DocumentKind => ({
  entity,
  noun: label.toLowerCase(),
  permissions: permissionsOf(entity, label, description),
});

export const ORDER = kind('order', 'Order', 'What customers have ordered.');
export const QUOTE = kind('quote', 'Quote', 'Offers that were made to customers.');
export const QUOTE_REQUEST = kind('quote_request', 'Quote request', 'Offers that customers ask for.');
export const SHOPPING_LIST = kind('shopping_list', 'Shopping list', 'What customers collect before they order.');

export const DOCUMENT_KINDS: readonly DocumentKind[] = [ORDER, QUOTE, QUOTE_REQUEST, SHOPPING_LIST];

/** Numbers of documents in words, such as `2 orders`. */
export function inWords(counts: ReadonlyMap<DocumentEntity, number>): string[] {
  return DOCUMENT_KINDS.flatMap(({ entity, noun }) => {
    const count = counts.get(entity) ?? 0;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
  });
}
