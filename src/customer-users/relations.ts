import type { Level } from '../platform/context/index.js';

/** How somebody's record, or a customer, stands to the one who acts. */
export const RELATIONS = ['self', 'same_customer', 'below', 'above', 'other_tree', 'other_organization'] as const;
export type Relation = (typeof RELATIONS)[number];

/** The least level of the storefront that reaches so far; none reaches further. */
export const LEAST_LEVEL: Record<Relation, Level | undefined> = {
  self: 'own',
  same_customer: 'customer',
  below: 'hierarchy',
  above: 'full',
  other_tree: 'full',
  other_organization: undefined,
};
