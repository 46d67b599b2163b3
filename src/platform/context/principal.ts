import type { Rights, Side } from './rights.js';

/** Who acts: a management-console user or a customer user, in person or through an application. */
export interface Principal {
  readonly side: Side;
  readonly type: 'user' | 'customer-user';
  readonly id: number;
  /** First and last name, as the history shows it. */
  readonly name: string;
  readonly organizationId: number;
  /** May act in every organization (console users only). */
  readonly globalAccess: boolean;
  /** The company of a customer user. */
  readonly customerId?: number;
  readonly rights: Rights;
  /** Set when a session token was shown. */
  readonly sessionId?: number;
  /** Set when an OAuth application acts; what it may do is cut to its scopes. */
  readonly application?: { readonly id: number; readonly name: string; readonly scopes: readonly string[] };
}
