import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomFieldValues, type FieldSet } from '../../custom-fields/index.js';
import { Customers } from '../../customers/index.js';
import type { ImportContext, ImportRow } from '../../import-export/index.js';
import { Websites, type WebsiteView } from '../../organizations/index.js';
import type { Permission } from '../../platform/authorization/index.js';
import { findMany, UnitOfWork } from '../../platform/database/index.js';
import { CustomerUserRoles, type GivenRole, RoleAssignments, RoleCeiling } from '../../roles/index.js';
import { Users } from '../../users/index.js';
import { sameIds } from '../changing.js';
import { CustomerUser } from '../customer-user.entity.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUserUses } from '../customer-user-uses.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { EmailKeys } from '../lists/email-keys.js';
import { type CustomerUserRow, ownerNamed, Subject } from './import-subject.js';

type Row = ImportRow<CustomerUserRow>;

interface KnownCustomer {
  readonly id: number;
  readonly ownerId: number | null;
}

/** Everything that the rows of a batch may refer to, read at once. */
export interface Known {
  readonly byId: Map<number, Subject>;
  readonly byEmail: Map<string, Subject>;
  readonly byExternalId: Map<string, Subject>;
  readonly visible: ReadonlySet<number>;
  readonly editable: ReadonlySet<number>;
  /** Who may be given to another owner. */
  readonly assignable: ReadonlySet<number>;
  /** What the importer lacks to move somebody to another customer, by whom. */
  readonly lackingToMove: ReadonlyMap<number, readonly Permission[]>;
  readonly customers: ReadonlyMap<number, KnownCustomer>;
  /** Several customers may be called the same. */
  readonly customersByName: ReadonlyMap<string, readonly KnownCustomer[]>;
  readonly rolesByCode: ReadonlyMap<string, GivenRole>;
  readonly roles: ReadonlyMap<number, GivenRole>;
  /** Those of the roles that allow more than the importer holds. */
  readonly rolesAboveOwn: ReadonlySet<number>;
  readonly owners: ReadonlyMap<number, string>;
  /** Those whom rows name by email address, by that in lower case. */
  readonly ownersByEmail: ReadonlyMap<string, number>;
  readonly websites: ReadonlyMap<number, WebsiteView>;
  readonly defaultWebsite: WebsiteView;
  readonly fields: FieldSet;
  readonly keysOf: (email: string, guest: boolean) => Pick<CustomerUser, 'email' | 'emailLower' | 'uniqueEmail'>;
}

/** Reads what a batch refers to, in a fixed number of queries. */
@Injectable()
export class ImportReferences {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly uses: CustomerUserUses,
    private readonly assignments: RoleAssignments,
    private readonly emailKeys: EmailKeys,
    private readonly customFields: CustomFieldValues,
    private readonly customers: Customers,
    private readonly roles: CustomerUserRoles,
    private readonly ceiling: RoleCeiling,
    private readonly users: Users,
    private readonly websites: Websites,
  ) {}

  async load(rows: readonly Row[], { principal }: ImportContext): Promise<Known> {
    const { organizationId } = principal;
    const keysOf = await this.emailKeys.forOrganization(organizationId);
    const fields = await this.customFields.of('customer_user', organizationId);
    const subjects = await this.subjects(organizationId, rows, keysOf, fields);
    const ids = subjects.map(({ person }) => person.id);
    const all = <M extends keyof CustomerUserRow>(member: M) => distinct(rows, (row) => row.draft[member]);
    const customers = await this.customersOf(organizationId, rows);
    const defaultWebsite = await this.websites.getDefault(organizationId);
    const websites = await this.websitesOf(organizationId, [...all('websiteId'), ...subjects.map(({ person }) => person.websiteId)]);
    const byCode = await this.roles.findByCodes(organizationId, [...new Set(all('roles').flat())]);
    const defaults = [defaultWebsite, ...websites.values()].flatMap((site) => [site.defaultRoleId ?? [], site.guestRoleId ?? []].flat());
    const byRoleId = await this.roles.findAll(organizationId, [...defaults, ...subjects.flatMap(({ roleIds }) => roleIds)]);
    return {
      byId: new Map(subjects.map((subject) => [subject.person.id, subject])),
      byEmail: keyed(subjects, ({ person }) => person.uniqueEmail),
      byExternalId: keyed(subjects, ({ person }) => person.externalId),
      visible: await this.people.idsReached(CustomerUserPermission.view, organizationId, ids),
      editable: await this.people.idsReached(CustomerUserPermission.edit, organizationId, ids),
      assignable: await this.people.idsReached(CustomerUserPermission.assign, organizationId, ids),
      lackingToMove: customers.customers.size + customers.customersByName.size === 0 ? new Map() : await this.uses.lacking(ids),
      ...customers,
      rolesByCode: new Map(byCode.map((role) => [role.code, role])),
      rolesAboveOwn: new Set((await this.ceiling.aboveOwn([...byCode, ...byRoleId])).map(({ id }) => id)),
      roles: new Map([...byCode, ...byRoleId].map((role) => [role.id, role])),
      owners: await this.users.emailsOf(organizationId, all('ownerId')),
      ownersByEmail: await this.users.idsByEmail(organizationId, distinct(rows, ownerNamed)),
      websites: new Map([...websites, [defaultWebsite.id, defaultWebsite]]),
      defaultWebsite,
      fields,
      keysOf,
    };
  }

  /**
   * Whether the people, customers and roles that the rows refer to, and what rules them, are as `known` has it. Locks people and roles.
   * Who has come to be meanwhile is not looked for: whoever has what a row wants makes its writing fail, and the batch is decided anew.
   */
  async areAsRead(known: Known, rows: readonly Row[], { principal: { organizationId } }: ImportContext): Promise<boolean> {
    const keysOf = await this.emailKeys.forOrganization(organizationId);
    if (keysOf('A', false).uniqueEmail !== known.keysOf('A', false).uniqueEmail) return false;
    const { definitions } = await this.customFields.of('customer_user', organizationId);
    if (!isDeepStrictEqual(definitions, known.fields.definitions)) return false;
    const among = { where: { organizationId }, forUpdate: this.work.isOpen, select: ['id', 'version'] as const };
    const people = await findMany(this.work.manager, CustomerUser, 'id', [...known.byId.keys()], among);
    if (people.length !== known.byId.size || people.some(({ id, version }) => known.byId.get(id)?.before?.version !== version))
      return false;
    const links = await this.linksOf(people.map(({ id }) => id));
    for (const [id, { before }] of known.byId) {
      const { roleIds, salesRepresentativeIds } = links(id);
      if (!before || !sameIds(roleIds, before.roleIds) || !sameIds(salesRepresentativeIds, before.salesRepresentativeIds)) return false;
    }
    if (!(await this.areRolesAsRead(known, organizationId))) return false;
    return sameCustomers(known, await this.customersOf(organizationId, rows));
  }

  private async areRolesAsRead({ roles, rolesAboveOwn }: Known, organizationId: number): Promise<boolean> {
    const now = await this.roles.findAll(organizationId, [...roles.keys()]);
    const isAsRead = ({ id, code, customerId }: GivenRole) => roles.get(id)?.code === code && roles.get(id)?.customerId === customerId;
    if (now.length !== roles.size || !now.every(isAsRead)) return false;
    const above = await this.ceiling.aboveOwn(now);
    return sameIds(
      above.map(({ id }) => id),
      [...rolesAboveOwn],
    );
  }

  /** Those whom the rows name by id, email or external id, locked until the batch is committed. */
  private async subjects(organizationId: number, rows: readonly Row[], keysOf: Known['keysOf'], fields: FieldSet): Promise<Subject[]> {
    const found = await this.named(organizationId, rows, keysOf);
    const links = await this.linksOf(found.map(({ id }) => id));
    return found.map((person) => new Subject({ ...person, fields: fields.shown(person.customFields), ...links(person.id) }));
  }

  private async named(organizationId: number, rows: readonly Row[], keysOf: Known['keysOf']): Promise<CustomerUser[]> {
    const emails = distinct(rows, ({ draft }) => draft.email && (keysOf(draft.email, false).uniqueEmail ?? undefined));
    const among = { where: { organizationId }, forUpdate: this.work.isOpen };
    const by = (member: 'id' | 'uniqueEmail' | 'externalId', values: readonly (string | number)[]) =>
      findMany(this.work.manager, CustomerUser, member, values, among);
    const ids = distinct(rows, ({ draft }) => draft.id);
    const externalIds = distinct(rows, ({ draft }) => draft.externalId);
    const named = await by('id', ids);
    // A guest who is one no more needs his email address for himself, whether his row tells it or not.
    const guests = rows.some(({ draft }) => draft.guest === false) ? named.filter(({ guest }) => guest) : [];
    const wanted = new Set([...emails, ...guests.flatMap(({ email }) => keysOf(email, false).uniqueEmail ?? [])]);
    const all = [...named, ...(await by('uniqueEmail', [...wanted])), ...(await by('externalId', externalIds))];
    return [...new Map(all.map((person) => [person.id, person])).values()];
  }

  private async linksOf(ids: readonly number[]) {
    const roles = await this.assignments.of(ids);
    const representatives = await this.people.salesRepresentativesOf(ids);
    return (id: number) => ({
      roleIds: (roles.get(id) ?? []).map((role) => role.id),
      salesRepresentativeIds: representatives.get(id) ?? [],
    });
  }

  private async customersOf(organizationId: number, rows: readonly Row[]): Promise<Pick<Known, 'customers' | 'customersByName'>> {
    const ids = distinct(rows, ({ draft }) => draft.customerId);
    const names = distinct(rows, ({ draft }) => draft.customerName);
    const { byId, byName } = await this.customers.lookup(organizationId, ids, names);
    const customersByName = new Map<string, KnownCustomer[]>(byName.map(({ name }) => [name, []]));
    for (const customer of byName) customersByName.get(customer.name)?.push(customer);
    return { customers: new Map(byId.map((customer) => [customer.id, customer])), customersByName };
  }

  private async websitesOf(organizationId: number, ids: readonly number[]): Promise<Map<number, WebsiteView>> {
    const found = new Map<number, WebsiteView>();
    for (const id of new Set(ids)) {
      const website = await this.websites.find(id, organizationId);
      if (website) found.set(id, website);
    }
    return found;
  }
}

function distinct<T>(rows: readonly Row[], value: (row: Row) => T): NonNullable<T>[] {
  return [...new Set(rows.map(value).filter((found) => found != null))];
}

function sameCustomers(one: Pick<Known, 'customers' | 'customersByName'>, other: Pick<Known, 'customers' | 'customersByName'>): boolean {
  const toldOf = (name: string, customers: Iterable<KnownCustomer>) => [...customers].map(({ id, ownerId }) => `${id} ${ownerId} ${name}`);
  const toldBy = ({ customers, customersByName }: typeof one) =>
    [...toldOf('', customers.values()), ...[...customersByName].flatMap(([name, named]) => toldOf(name, named))].sort();
  return isDeepStrictEqual(toldBy(one), toldBy(other));
}

function keyed(subjects: readonly Subject[], key: (subject: Subject) => string | null): Map<string, Subject> {
  return new Map(subjects.flatMap((subject): [string, Subject][] => (key(subject) === null ? [] : [[key(subject) ?? '', subject]])));
}
