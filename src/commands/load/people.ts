import type { DataSource, QueryRunner } from 'typeorm';
import { listKeysOf, wordsIn } from '../../customer-users/index.js';
import { BulkTable } from './bulk-table.js';
import { FIRST_NAMES, isOneOf, LAST_NAMES, pick, scramble } from './names.js';
import type { LoadedCustomer, Surroundings } from './surroundings.js';

const CREATED = Date.UTC(2022, 0, 1);
const LAST_CREATED = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/** Tells how far it is at every so many people. */
const TELLS = 100_000;

/** Words with the people who have them: written last, in the order of their table, which costs a tenth of writing them as they come. */
type Postings = Map<string, number[]>;

/** Loads customer users with their roles, sales representatives and words. */
export async function loadPeople(
  dataSource: DataSource,
  runner: QueryRunner,
  count: number,
  { passwordHash, surroundings, tell }: { passwordHash: string; surroundings: Surroundings; tell: (line: string) => void },
): Promise<void> {
  const people = new BulkTable(dataSource, runner, 'customer_users');
  const assignments = new BulkTable(dataSource, runner, 'customer_user_role_assignments');
  const representatives = new BulkTable(dataSource, runner, 'customer_user_sales_representatives');
  const postings: Postings = new Map();
  const first = await people.nextId();
  const { customers } = surroundings;
  for (let i = 0; i < count; i++) {
    const id = first + i;
    const customer = customers[Math.floor((i / count) * customers.length)];
    if (!customer) throw new Error('There is no customer to load people for.');
    const age = (i / count) * (LAST_CREATED - CREATED);
    const person = personOf(id, customer, surroundings, { passwordHash, createdAt: new Date(CREATED + age) });
    const roleIds = rolesOf(id, person, customer, surroundings);
    await people.add({ ...person, roleId: roleIds[0] ?? null });
    await assignments.add(...roleIds.map((roleId) => ({ customerUserId: id, roleId })));
    await representatives.add(...customer.representativeIds.map((userId) => ({ customerUserId: id, userId })));
    for (const word of wordsIn(person.searchWords)) {
      const ids = postings.get(word);
      if (ids) ids.push(id);
      else postings.set(word, [id]);
    }
    if ((i + 1) % TELLS === 0) tell(`${i + 1} of ${count} people`);
  }
  for (const table of [people, assignments, representatives]) await table.flush();
  await runner.query('INSERT INTO customer_user_unpacked_emails (customer_user_id) SELECT id FROM customer_users WHERE id >= ?', [first]);
  tell(`${postings.size} different words`);
  const words = new BulkTable(dataSource, runner, 'customer_user_words');
  // As bytes, the order of the table's key.
  const ordered = [...postings.keys()].map((word) => Buffer.from(word)).sort((one, other) => Buffer.compare(one, other));
  for (const word of ordered.map(String)) for (const id of postings.get(word) ?? []) await words.add({ word, customerUserId: id });
  await words.flush();
}

function personOf(
  id: number,
  customer: LoadedCustomer,
  { organizationId, websiteIds }: Surroundings,
  given: { passwordHash: string; createdAt: Date },
) {
  const { createdAt, passwordHash } = given;
  const [firstName, lastName] = [pick(FIRST_NAMES, id, 21), pick(LAST_NAMES, id, 22)];
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase();
  const domain = `${customer.name.toLowerCase().replaceAll(' ', '-')}.example`;
  const email = `${plain(firstName)}.${plain(lastName)}${id}@${domain}`;
  const guest = isOneOf(0.02, id, 23);
  const status = guest || isOneOf(0.3, id, 24) ? 'unset' : isOneOf(0.005, id, 25) ? 'reset' : 'active';
  const loggedIn = status === 'active' && isOneOf(0.8, id, 26);
  const names = {
    firstName,
    middleName: isOneOf(0.1, id, 27) ? pick(FIRST_NAMES, id, 28) : null,
    lastName,
    email,
    externalId: isOneOf(0.3, id, 29) ? `CU-${id}` : null,
  };
  return {
    id,
    organizationId,
    customerId: customer.id,
    ownerId: isOneOf(0.05, id, 30) ? null : customer.ownerId,
    websiteId: pick(websiteIds, id, 31),
    ...names,
    emailLower: email,
    uniqueEmail: guest ? null : email,
    namePrefix: isOneOf(0.05, id, 32) ? 'Dr.' : null,
    birthday: isOneOf(0.2, id, 33) ? `19${60 + (id % 40)}-0${1 + (id % 9)}-1${id % 10}` : null,
    phone: isOneOf(0.5, id, 34) ? `+4930${String(1_000_000 + (scramble(id, 35) % 9_000_000))}` : null,
    enabled: !isOneOf(0.05, id, 36),
    confirmed: !isOneOf(0.08, id, 37),
    guest,
    passwordStatus: status,
    passwordHash: status === 'unset' ? null : passwordHash,
    credentialEpoch: 1,
    lastLoginAt: loggedIn ? new Date(LAST_CREATED + (scramble(id, 38) % 400_000) * MINUTE) : null,
    loginCount: loggedIn ? 1 + (scramble(id, 39) % 200) : 0,
    createdAt,
    updatedAt: isOneOf(0.5, id, 40) ? createdAt : new Date(createdAt.getTime() + (scramble(id, 41) % 500_000) * MINUTE),
    salesRepresentativeId: customer.representativeIds.length === 0 ? null : Math.min(...customer.representativeIds),
    ...listKeysOf(names, customer.name),
  };
}

/** By id, the lowest first. */
function rolesOf(id: number, { guest }: { guest: boolean }, { roleId }: LoadedCustomer, { roleIds, guestRoleId }: Surroundings): number[] {
  if (guest) return guestRoleId === null ? [] : [guestRoleId];
  const [administrator = 0, buyer = 0] = roleIds;
  const held = [isOneOf(0.02, id, 51) ? administrator : buyer];
  if (isOneOf(0.15, id, 52)) held.push(pick(roleIds, id, 53));
  if (roleId !== undefined && isOneOf(0.2, id, 54)) held.push(roleId);
  return [...new Set(held)].sort((one, other) => one - other);
}
