import type { Level, PermissionMatrix } from '../platform/context/index.js';

interface PredefinedRole {
  label: string;
  code: string;
  selfManaged: boolean;
  public: boolean;
  root: Level;
  matrix: PermissionMatrix;
}

const nothing: PermissionMatrix = { permissions: {}, capabilities: {} };

/** The roles of every new organization. */
export const PREDEFINED_ROLES = {
  administrator: {
    label: 'Administrator',
    code: 'ROLE_FRONTEND_ADMINISTRATOR',
    selfManaged: true,
    public: true,
    root: 'hierarchy',
    matrix: nothing,
  },
  buyer: {
    label: 'Buyer',
    code: 'ROLE_FRONTEND_BUYER',
    selfManaged: true,
    public: true,
    // An entity that a later version brings stays closed to buyers until somebody opens it.
    root: 'none',
    matrix: {
      permissions: {
        ...{ customer: { view: 'customer' }, customer_user: { view: 'customer' } },
        ...{ customer_address: { view: 'customer' }, customer_user_address: { view: 'customer' } },
        ...{ order: { view: 'own' }, quote: { view: 'own' }, quote_request: { view: 'own' }, shopping_list: { view: 'own' } },
      },
      capabilities: { update_own_profile: true },
    },
  },
  visitor: {
    label: 'Non-authenticated visitors',
    code: 'ROLE_FRONTEND_ANONYMOUS',
    selfManaged: false,
    public: false,
    root: 'none',
    matrix: nothing,
  },
} as const satisfies Record<string, PredefinedRole>;
