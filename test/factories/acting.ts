import { CustomerUserAccounts } from '../../src/customer-users/index.js';
import { CurrentContext } from '../../src/platform/context/index.js';
import type { Product } from '../support/product.js';

/** Runs `work` as a customer user, with all that his roles allow at this moment. */
export async function asCustomerUser<T>(product: Product, { id }: { id: number }, work: () => Promise<T>): Promise<T> {
  const standing = await product.inside(CustomerUserAccounts).standing(id);
  if (!standing || 'blocked' in standing) throw new Error(`The customer user ${id} may not act.`);
  return product.inside(CurrentContext).runAs(standing.principal, 'api', work);
}
