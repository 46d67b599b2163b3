import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import type { CustomerUser } from '../customer-user.entity.js';

interface Companion {
  kind: 'customer' | 'localization' | 'owner' | 'representative' | 'role' | 'website';
  /** The customer user; 0 for what is the same for all who name its id. */
  person: number | string;
  id: number | string;
  one: string;
  other: string | null;
}

const BY_PERSON = {
  role: `SELECT 'role' AS kind, a.customer_user_id AS person, r.id AS id, r.code AS one, r.label AS other
    FROM customer_user_role_assignments a JOIN customer_user_roles r ON r.id = a.role_id WHERE a.customer_user_id`,
  representative: `SELECT 'representative' AS kind, s.customer_user_id AS person, u.id AS id, u.first_name AS one, u.last_name AS other
    FROM customer_user_sales_representatives s JOIN users u ON u.id = s.user_id WHERE s.customer_user_id`,
};

const named = (kind: Companion['kind'], table: string) =>
  `SELECT '${kind}' AS kind, 0 AS person, t.id AS id, t.name AS one, NULL AS other FROM ${table} t WHERE t.id`;

const BY_ID = {
  customerId: named('customer', 'customers'),
  websiteId: named('website', 'websites'),
  preferredLocalizationId: named('localization', 'localizations'),
  ownerId: `SELECT 'owner' AS kind, 0 AS person, u.id AS id, u.first_name AS one, u.last_name AS other FROM users u WHERE u.id`,
};

interface Named {
  id: number;
  name: string;
}

interface Person {
  id: number;
  fullName: string;
}

/** What is shown of others beside customer users. */
export class Companions {
  private readonly customers = new Map<number, Named>();
  private readonly websites = new Map<number, Named>();
  private readonly localizations = new Map<number, Named>();
  private readonly owners = new Map<number, Person>();
  private readonly representatives = new Map<number, Person[]>();
  private readonly roles = new Map<number, { id: number; code: string; label: string }[]>();

  constructor(rows: readonly Companion[]) {
    for (const row of rows) this.add({ ...row, id: Number(row.id), person: Number(row.person) });
    for (const list of [...this.roles.values(), ...this.representatives.values()]) list.sort((one, other) => one.id - other.id);
  }

  customerOf({ customerId: id }: CustomerUser): Named {
    return this.customers.get(id) ?? { id, name: '' };
  }

  websiteOf({ websiteId: id }: CustomerUser): Named {
    return this.websites.get(id) ?? { id, name: '' };
  }

  localizationOf({ preferredLocalizationId: id }: CustomerUser): Named | null {
    return (id !== null && this.localizations.get(id)) || null;
  }

  ownerOf({ ownerId: id }: CustomerUser): Person | null {
    return (id !== null && this.owners.get(id)) || null;
  }

  rolesOf(id: number): { id: number; code: string; label: string }[] {
    return this.roles.get(id) ?? [];
  }

  representativesOf(id: number): Person[] {
    return this.representatives.get(id) ?? [];
  }

  private add({ kind, person, id, one, other }: Companion & { id: number; person: number }): void {
    if (kind === 'customer') this.customers.set(id, { id, name: one });
    else if (kind === 'website') this.websites.set(id, { id, name: one });
    else if (kind === 'localization') this.localizations.set(id, { id, name: one });
    else if (kind === 'owner') this.owners.set(id, { id, fullName: `${one} ${other}` });
    else if (kind === 'role') push(this.roles, person, { id, code: one, label: other ?? '' });
    else push(this.representatives, person, { id, fullName: `${one} ${other}` });
  }
}

/** Reads the companions of a page of customer users in one statement: by way of their modules there would be eight, half of the time of a request. */
@Injectable()
export class CompanionsReader {
  constructor(private readonly work: UnitOfWork) {}

  async of(people: readonly CustomerUser[]): Promise<Companions> {
    if (people.length === 0) return new Companions([]);
    const ids = people.map(({ id }) => id);
    const wanted: [string, number[]][] = [
      [BY_PERSON.role, ids],
      [BY_PERSON.representative, ids],
      ...Object.entries(BY_ID).map(([member, sql]): [string, number[]] => [
        sql,
        [...new Set(people.flatMap((person) => person[member as keyof typeof BY_ID] ?? []))],
      ]),
    ];
    const asked = wanted.filter(([, keys]) => keys.length > 0);
    const sql = asked.map(([select, keys]) => `${select} IN (${keys.map(() => '?').join(', ')})`).join(' UNION ALL ');
    const parameters = asked.flatMap(([, keys]) => keys);
    return new Companions(await this.work.manager.query(sql, parameters));
  }
}

function push<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
