import type { Level } from '../../src/platform/context/index.js';
import type { Caller, Product } from '../support/product.js';
import { ADMINISTRATOR, aRole } from './customer-user-roles.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from './customer-users.js';
import { aCustomer } from './customers.js';
import { anOrganization } from './organizations.js';

/** A customer user who is logged in. */
export type StorefrontCaller = Caller & { person: CustomerUserBody };

/** A predefined role that allows these levels, by permissions such as `customer_user:edit`, and nothing else. */
export function aRoleThatAllows(product: Product, levels: Record<string, Level>): Promise<number> {
  const permissions: Record<string, Record<string, Level>> = {};
  for (const [name, level] of Object.entries(levels)) {
    const [entity = '', action = ''] = name.split(':');
    (permissions[entity] ??= {})[action] = level;
  }
  return aRole(product, { permissions });
}

/** A customer user who exists, logged in. */
export async function logInCustomerUser(product: Product, person: CustomerUserBody): Promise<StorefrontCaller> {
  const { accessToken } = await product.logIn(person.email, PASSWORD);
  return Object.assign(product.as(accessToken), { person });
}

/** A new customer user who is logged in; an administrator of his customer when no roles are named. */
export async function aStorefrontCaller(product: Product, draft: object = {}): Promise<StorefrontCaller> {
  return logInCustomerUser(product, await aCustomerUser(product.admin, { roleIds: [ADMINISTRATOR], ...draft }));
}

/** A tree of customers around `own`, one beside it, and one of another organization, with somebody in each. */
export async function aTree(product: Product) {
  const { admin } = product;
  const above = await aCustomer(admin, { name: 'Holding' });
  const own = await aCustomer(admin, { name: 'Own', parentId: above.id });
  const below = await aCustomer(admin, { name: 'Subsidiary', parentId: own.id });
  const deep = await aCustomer(admin, { name: 'Branch of the subsidiary', parentId: below.id });
  const aside = await aCustomer(admin, { name: 'Sister', parentId: above.id });
  const other = await aCustomer(admin, { name: 'Another tree' });
  const { id: organizationId } = await anOrganization(product);
  const foreign = await aCustomer(admin, { name: 'Elsewhere', organizationId });
  const customers = { above, own, below, deep, aside, other, foreign };
  const in_ = (customerId: number, draft: object = {}) => aCustomerUser(admin, { customerId, password: undefined, ...draft });
  const people = {
    colleague: await in_(own.id),
    below: await in_(below.id),
    deep: await in_(deep.id),
    above: await in_(above.id),
    aside: await in_(aside.id),
    other: await in_(other.id),
    foreign: await in_(foreign.id, { organizationId }),
    guest: await in_(own.id, { guest: true }),
  };
  return { customers, people };
}
