import type { DataSource, QueryRunner } from 'typeorm';
import { BulkTable } from './bulk-table.js';
import { COMPANY_KINDS, COMPANY_NAMES, FIRST_NAMES, isOneOf, LAST_NAMES, pick, ROLE_LABELS, scramble } from './names.js';

/** People of one customer, on the average. */
const PEOPLE_EACH = 150;
const CONSOLE_USERS = 60;
const WEBSITES = 4;
/** Subsidiaries of one customer: the tree is as deep as that makes it. */
const CHILDREN = 8;
/** Each such customer has a role of its own. */
const WITH_ROLE = 20;

const CREATED = Date.UTC(2022, 0, 1);

export interface LoadedCustomer {
  id: number;
  name: string;
  ownerId: number;
  representativeIds: number[];
  /** A role that its people alone may have. */
  roleId?: number;
}

export interface Surroundings {
  organizationId: number;
  customers: LoadedCustomer[];
  websiteIds: number[];
  /** Of the organization, for anybody. */
  roleIds: number[];
  guestRoleId: number | null;
}

/** Makes what customer users refer to: console users, websites, customers in a tree, and roles. */
export async function loadSurroundings(dataSource: DataSource, runner: QueryRunner, people: number): Promise<Surroundings> {
  const [organization] = (await runner.query('SELECT MIN(id) AS id FROM organizations')) as { id: number | string | null }[];
  const organizationId = Number(organization?.id ?? 0);
  const stamps = { createdAt: new Date(CREATED), updatedAt: new Date(CREATED) };
  const table = (name: string) => new BulkTable(dataSource, runner, name);

  const users = table('users');
  const firstUser = await users.nextId();
  const userIds = Array.from({ length: CONSOLE_USERS }, (_, i) => firstUser + i);
  for (const id of userIds) {
    const email = `sales.${id}@merchant.example`;
    const name = { firstName: pick(FIRST_NAMES, id, 1), lastName: pick(LAST_NAMES, id, 2) };
    await users.add({ id, organizationId, email, emailKey: email, ...name, enabled: true, globalAccess: false, loginCount: 0, ...stamps });
  }
  await users.flush();

  const [standard] = (await runner.query(
    `SELECT id, default_localization_id AS localization, guest_role_id AS guest FROM websites WHERE organization_id = ${organizationId} AND is_default = 1`,
  )) as Record<'id' | 'localization' | 'guest', number | string | null>[];
  if (!standard) throw new Error('There is no default website: start the server once, or load into a fresh database.');
  const localizationId = Number(standard.localization);
  const websites = table('websites');
  const offered = table('website_localizations');
  const firstWebsite = await websites.nextId();
  const websiteIds = [Number(standard.id)];
  for (let id = firstWebsite; id < firstWebsite + WEBSITES - 1; id++) {
    websiteIds.push(id);
    const place = { name: `Shop ${id}`, url: `https://shop-${id}.example`, isDefault: false, defaultLocalizationId: localizationId };
    await websites.add({ id, organizationId, ...place, ...stamps });
    await offered.add({ websiteId: id, localizationId });
  }
  await websites.flush();
  await offered.flush();

  const customers = table('customers');
  const paths = table('customer_paths');
  const represented = table('customer_sales_representatives');
  const firstCustomer = await customers.nextId();
  const loaded: LoadedCustomer[] = [];
  const above: number[][] = [];
  for (let i = 0; i < Math.ceil(people / PEOPLE_EACH); i++) {
    const id = firstCustomer + i;
    const parent = Math.floor((i - 1) / CHILDREN);
    const owner = (n: number) => userIds[scramble(id, n) % userIds.length] ?? firstUser;
    const representativeIds = [...new Set([owner(4), ...(isOneOf(0.3, id, 5) ? [owner(6)] : [])])].slice(0, isOneOf(0.1, id, 7) ? 0 : 2);
    const name = `${pick(COMPANY_NAMES, id, 8)} ${pick(COMPANY_KINDS, id, 9)}${isOneOf(0.4, id, 10) ? ` ${1 + (id % 40)}` : ''}`;
    loaded.push({ id, name, ownerId: owner(3), representativeIds });
    above.push(i === 0 ? [] : [firstCustomer + parent, ...(above[parent] ?? [])]);
    const rest = { internalRating: 1 + (scramble(id, 11) % 5), externalId: `LOAD-${id}`, ...stamps };
    await customers.add({ id, organizationId, name, parentId: i === 0 ? null : firstCustomer + parent, ownerId: owner(3), ...rest });
  }
  await customers.flush();
  for (const [i, { id, representativeIds }] of loaded.entries()) {
    await paths.add({ ancestorId: id, descendantId: id, depth: 0 });
    await paths.add(...(above[i] ?? []).map((ancestorId, depth) => ({ ancestorId, descendantId: id, depth: depth + 1 })));
    await represented.add(...representativeIds.map((userId) => ({ customerId: id, userId })));
  }
  await paths.flush();
  await represented.flush();

  const roles = table('customer_user_roles');
  const known = (await runner.query(
    `SELECT id FROM customer_user_roles WHERE organization_id = ${organizationId} AND customer_id IS NULL AND public = 1 ORDER BY id`,
  )) as { id: number | string }[];
  let roleId = await roles.nextId();
  const roleIds = known.map(({ id }) => Number(id));
  const role = { organizationId, selfManaged: true, public: true, root: 'none', matrix: { permissions: {}, capabilities: {} }, ...stamps };
  for (const label of ROLE_LABELS) {
    await roles.add({
      id: roleId,
      customerId: null,
      customerKey: 0,
      label: `${label} ${roleId}`,
      code: `ROLE_FRONTEND_LOAD_${roleId}`,
      ...role,
    });
    roleIds.push(roleId++);
  }
  for (const customer of loaded.filter((_, i) => i % WITH_ROLE === 0)) {
    const code = `ROLE_FRONTEND_LOAD_${roleId}`;
    await roles.add({ id: roleId, customerId: customer.id, customerKey: customer.id, label: `Team ${roleId}`, code, ...role });
    customer.roleId = roleId++;
  }
  await roles.flush();
  return { organizationId, customers: loaded, websiteIds, roleIds, guestRoleId: standard.guest === null ? null : Number(standard.guest) };
}
