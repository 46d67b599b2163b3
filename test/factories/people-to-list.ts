import { Entity, Index } from 'typeorm';
import { Flag, Id, Instant, Integer, KeyReference, Reference, Text } from '../../src/platform/database/index.js';

/** Rows full of ties, NULLs and awkward texts, and the order that lists of them must have. */

@Entity('people')
@Index('ix_people_age', ['age'])
export class Person {
  @Id()
  id: number;

  @Text(255)
  name: string;

  @Text(255)
  emailLower: string;

  @Integer({ nullable: true })
  age: number | null;

  @Flag()
  enabled: boolean;

  @Instant()
  createdAt: Date;

  @Instant({ nullable: true })
  lastLoginAt: Date | null;

  @Text(10, { nullable: true })
  birthday: string | null;

  @Reference({ nullable: true })
  parentId: number | null;
}

@Entity('people_roles')
export class PersonRole {
  @KeyReference()
  personId: number;

  @KeyReference()
  roleId: number;
}

const NAMES = [
  'Ann',
  'ann',
  'Zoë',
  'ZOË',
  'Müller',
  'MÜLLER',
  '100%',
  '1000',
  'a_b',
  'aXb',
  'back\\slash',
  "O'Hara",
  'wow!',
  'Ann',
  '😀 smile',
  'ωmega',
];
export const start = Date.parse('2026-03-01T00:00:00.000Z');
/** A fresh copy, which a database may write ids into. */
export const somePeople = (): Person[] =>
  Array.from({ length: 61 }, (_, i) => ({
    id: i + 1,
    name: NAMES[(i * 7) % NAMES.length] ?? '',
    emailLower: `p${(i * 37) % 61}@${i % 2 ? 'acme' : 'example'}.com`,
    age: i % 4 === 0 ? null : (i * 5) % 7,
    enabled: i % 3 !== 0,
    // Ties, and neighbours a millisecond apart on both sides of a second and of an hour.
    createdAt: new Date(start + ([0, 1, -1, 999, 1000, 3_600_000, 0][(i * 3) % 7] ?? 0)),
    lastLoginAt: i % 5 < 2 ? null : new Date(start - (i % 6)),
    birthday: i % 3 === 1 ? null : `19${70 + (i % 9)}-0${1 + (i % 5)}-15`,
    parentId: i % 6 === 0 ? null : 1 + (i % 4),
  }));
export const PEOPLE: readonly Person[] = somePeople();
export const ROLES: PersonRole[] = PEOPLE.flatMap(({ id }) =>
  [1, 2, 3].filter((roleId) => id % (roleId + 1) === 0).map((roleId) => ({ personId: id, roleId })),
);
export const rolesOf = (id: number) => ROLES.filter(({ personId }) => personId === id).map(({ roleId }) => roleId);

/** What the databases do: bytes for text, NULL below everything. */
function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

const COLUMN_OF: Record<string, keyof Person> = { email: 'emailLower' };

export function sorted(sort: string, rows = PEOPLE): number[] {
  const keys = sort.split(',').map((key) => ({
    member: COLUMN_OF[key.replace('-', '')] ?? (key.replace('-', '') as keyof Person),
    sign: key.startsWith('-') ? -1 : 1,
  }));
  const lastSign = keys.at(-1)?.sign ?? 1;
  const order = (a: Person, b: Person) =>
    keys.reduce((so, { member, sign }) => so || sign * compare(a[member], b[member]), 0) || lastSign * (a.id - b.id);
  return [...rows].sort(order).map(({ id }) => id);
}
