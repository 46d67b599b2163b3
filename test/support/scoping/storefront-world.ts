import { anAddress, anAddressDraft } from '../../factories/addresses.js';
import { aConsoleCaller } from '../../factories/console-users.js';
import { aRole } from '../../factories/customer-user-roles.js';
import { aCustomerUser, anEmail } from '../../factories/customer-users.js';
import { aCustomer } from '../../factories/customers.js';
import { aDocument } from '../../factories/documents.js';
import { anOrganization } from '../../factories/organizations.js';
import { aStorefrontCaller, type StorefrontCaller } from '../../factories/storefront.js';
import type { Product } from '../product.js';

/** Where a record stands, seen from the customer user who acts. `own` is he himself, or his customer. */
export const POSITIONS = ['own', 'colleague', 'child', 'parent', 'otherTree', 'otherOrganization'] as const;
export type Position = (typeof POSITIONS)[number];
export type Ids = Partial<Record<Position, number>>;

export const DOCUMENTS = { order: 'orders', quote: 'quotes', quote_request: 'quote-requests', shopping_list: 'shopping-lists' } as const;

/** Somebody in the middle of a tree, and records of every entity in every position around him. */
export interface StorefrontWorld {
  readonly me: StorefrontCaller;
  /** His only role. */
  readonly roleId: number;
  readonly ids: Record<string, Ids>;
  /** A new record in a position, for what is deleted. */
  readonly fresh: (entity: string, position: Position) => Promise<number>;
  /** What creates a record in a position. */
  readonly draft: (entity: string, position: Position) => object;
}

export async function aStorefrontWorld(product: Product): Promise<StorefrontWorld> {
  const { admin } = product;
  const { id: organizationId } = await anOrganization(product);
  const parent = (await aCustomer(admin)).id;
  const own = (await aCustomer(admin, { parentId: parent })).id;
  const customers = {
    ...{ own, colleague: own, parent, child: (await aCustomer(admin, { parentId: own })).id },
    ...{ otherTree: (await aCustomer(admin)).id, otherOrganization: (await aCustomer(admin, { organizationId })).id },
  };
  const stranger = await aConsoleCaller(product, { organizationId });
  const roleId = await aRole(product, { customerId: own });
  const me = await aStorefrontCaller(product, { customerId: own, roleIds: [roleId] });
  const organizationOf = (position: Position) => (position === 'otherOrganization' ? organizationId : 1);
  const person = async (position: Position) =>
    (await aCustomerUser(admin, { customerId: customers[position], organizationId: organizationOf(position), password: undefined })).id;
  const people = await byPosition(async (position) => (position === 'own' ? me.person.id : person(position)));
  const placed = (position: Position) => ({ customerId: customers[position], organizationId: organizationOf(position) });
  const fresh = async (entity: string, position: Position): Promise<number> => {
    if (entity === 'customer')
      return (await aCustomer(admin, { parentId: customers[position], organizationId: organizationOf(position) })).id;
    if (entity === 'customer_user') return position === 'own' ? me.person.id : person(position);
    if (entity === 'customer_user_role') return aRole(product, placed(position));
    if (entity === 'customer_address') return (await anAddress(admin, `/admin/api/customers/${customers[position]}/addresses`)).id;
    return (await anAddress(admin, `/admin/api/customer-users/${people[position]}/addresses`)).id;
  };
  const ids: Record<string, Ids> = { customer: without(customers), customer_user: people };
  for (const entity of ['customer_user_role', 'customer_address'])
    ids[entity] = without(await byPosition((position) => fresh(entity, position)));
  ids['customer_user_address'] = await byPosition((position) => fresh('customer_user_address', position));
  for (const [entity, kind] of Object.entries(DOCUMENTS))
    ids[entity] = await byPosition(async (position) => {
      const draft = { customerId: customers[position], customerUserId: people[position] };
      return (await aDocument(position === 'otherOrganization' ? stranger : admin, draft, kind)).id;
    });
  const draft = (entity: string, position: Position): object => {
    const customerId = customers[position];
    if (entity === 'customer') return { name: 'Subsidiary', parentId: customerId };
    if (entity === 'customer_user')
      return { email: anEmail(), firstName: 'New', lastName: 'Person', customerId, roleIds: [], enabled: false };
    if (entity === 'customer_user_role') return { label: `Role ${anEmail()}`, customerId };
    return anAddressDraft(entity === 'customer_address' ? { customerId } : { customerUserId: people[position] });
  };
  return { me, roleId, ids, fresh, draft };
}

async function byPosition(make: (position: Position) => Promise<number>): Promise<Ids> {
  const ids: Ids = {};
  for (const position of POSITIONS) ids[position] = await make(position);
  return ids;
}

/** What belongs to a customer and to nobody in it: no colleague has another one. */
const without = ({ colleague: _colleague, ...ids }: Ids): Ids => ids;
