import { CustomerPermission } from '../../customers/index.js';
import { fieldFault, givenFields, type ImportContext, type ImportRow, mayIn } from '../../import-export/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import type { Known } from './import-references.js';
import { type CustomerUserRow, ownerNamed, type Subject } from './import-subject.js';

type Row = ImportRow<CustomerUserRow>;

const NAMES = ['namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix'] as const;
const PLAIN = [...NAMES, 'birthday', 'phone', 'externalId', 'enabled', 'confirmed', 'guest'] as const;

/** Turns what a row says into what a customer user will be, and refuses what refers to nothing. */
export class ImportValues {
  constructor(
    private readonly known: Known,
    private readonly context: ImportContext,
  ) {}

  /** The members that the row gives, found right; what it leaves empty is not among them. */
  of(row: Row, target: Subject | undefined): Partial<CustomerUser> {
    const { draft } = row;
    const next: Partial<CustomerUser> = {};
    for (const member of PLAIN) take(next, draft, member);
    const guest = draft.guest ?? target?.person.guest ?? false;
    if (draft.email !== undefined || guest !== target?.person.guest)
      Object.assign(next, this.known.keysOf(draft.email ?? target?.person.email ?? '', guest));
    if (target && next.email !== undefined) this.refuseTakeOver(row, target, next.email);
    this.addCustomer(row, target, next);
    this.addOwner(row, target, next);
    this.addWebsite(row, target, next);
    this.addFields(row, target, next);
    return next;
  }

  /** Who is new is held to the required ones, as everywhere. */
  private addFields(row: Row, target: Subject | undefined, next: Partial<CustomerUser>): void {
    const { fields } = this.known;
    const given = givenFields(fields, row.draft);
    if ((target || row.has('id')) && Object.keys(given).length === 0) return;
    const { values, faults } = fields.write(given, target?.person.customFields ?? null);
    for (const fault of faults) {
      const { member, detail } = fieldFault(fault);
      if (!row.isRefused(member)) row.refuse(member, fault.code, detail);
    }
    next.customFields = values;
  }

  private addCustomer(row: Row, target: Subject | undefined, next: Partial<CustomerUser>): void {
    const { customerId: id, customerName: name } = row.draft;
    if (id !== undefined) {
      if (id === target?.person.customerId || this.known.customers.has(id)) next.customerId = id;
      else row.refuse('customerId', 'customer_users.customer_unknown', 'there is no such customer');
    } else if (name !== undefined && !row.has('customerId')) {
      const named = this.known.customersByName.get(name) ?? [];
      const [customer] = named.length > 1 ? named.filter(({ id: one }) => one === target?.person.customerId) : named;
      if (customer) next.customerId = customer.id;
      else if (named.length > 1)
        row.refuse('customerName', 'customer_users.customer_ambiguous', 'several customers are called so: give the Customer Id');
      else row.refuse('customerName', 'customer_users.customer_unknown', 'there is no customer of this name');
    } else if (
      !target &&
      !row.has('id') &&
      !row.has('customerId') &&
      !row.has('customerName') &&
      !mayIn(this.context, CustomerPermission.create)
    ) {
      row.refuse('customerId', 'auth.permission_missing', `to leave it empty needs the permission ${CustomerPermission.create.name}`);
    }
  }

  /** The column that names the owner, and whom it names. */
  ownerOf(row: Row): [column: 'ownerId' | 'ownerUsername', ownerId: number | undefined] {
    const email = ownerNamed(row);
    if (email === undefined) return ['ownerId', row.draft.ownerId];
    return ['ownerUsername', this.known.ownersByEmail.get(email.toLowerCase())];
  }

  private addOwner(row: Row, target: Subject | undefined, next: Partial<CustomerUser>): void {
    const [column, ownerId] = this.ownerOf(row);
    if (ownerId === undefined) {
      if (column === 'ownerUsername') row.refuse(column, 'customer_users.owner_unknown', 'there is no console user of this email address');
      else if (!target) next.ownerId = this.context.principal.id;
    } else if (column === 'ownerUsername') next.ownerId = ownerId;
    else if (ownerId === target?.person.ownerId || this.known.owners.has(ownerId)) next.ownerId = ownerId;
    else row.refuse('ownerId', 'customer_users.owner_unknown', 'there is no such user');
  }

  private addWebsite(row: Row, target: Subject | undefined, next: Partial<CustomerUser>): void {
    const { websiteId } = row.draft;
    if (websiteId === undefined) {
      if (!target) next.websiteId = this.known.defaultWebsite.id;
    } else if (!this.known.websites.has(websiteId)) row.refuse('websiteId', 'customer_users.website_unknown', 'there is no such website');
    else {
      next.websiteId = websiteId;
      // A localization belongs to a website.
      if (target && target.person.websiteId !== websiteId) next.preferredLocalizationId = null;
    }
  }

  /** The roles that somebody will have, found right. */
  rolesFor(row: Row, target: Subject | undefined, next: Partial<CustomerUser>): readonly number[] {
    const { draft } = row;
    const unknown = (draft.roles ?? []).filter((code) => !this.known.rolesByCode.has(code));
    for (const code of new Set(unknown)) row.refuse('roles', 'customer_users.role_unknown', 'there is no such role', code);
    const given = draft.roles?.flatMap((code) => this.known.rolesByCode.get(code)?.id ?? []);
    const roleIds = given ?? (target ? this.rolesThatStay(target, next) : this.defaultRoles(next));
    const customerId = next.customerId ?? target?.person.customerId;
    if (given !== undefined || !target) for (const id of roleIds) this.refuseForeignRole(row, id, customerId);
    for (const id of new Set(given)) if (!target?.roleIds.includes(id)) this.refuseAboveOwn(row, id);
    const enabled = next.enabled ?? target?.person.enabled ?? true;
    const wasBroken = target ? target.person.enabled && target.roleIds.length === 0 : row.has('id');
    if (enabled && roleIds.length === 0 && !row.has('roles') && !wasBroken)
      row.refuse('roles', 'customer_users.roles_missing', 'an enabled customer user needs at least one role');
    return roleIds;
  }

  /** Whoever moves to another customer leaves the roles of the old one behind; without any left, he gets his website's. */
  private rolesThatStay({ person, roleIds }: Subject, next: Partial<CustomerUser>): readonly number[] {
    const moved = { ...person, ...next };
    if (moved.customerId === person.customerId) return roleIds;
    const kept = roleIds.filter((id) => [null, moved.customerId].includes(this.known.roles.get(id)?.customerId ?? null));
    return kept.length > 0 || !moved.enabled ? kept : this.defaultRoles(moved);
  }

  private refuseForeignRole(row: Row, id: number, customerId: number | undefined): void {
    const role = this.known.roles.get(id);
    if (role && role.customerId !== null && role.customerId !== customerId)
      row.refuse('roles', 'customer_users.role_of_other_customer', `the role ${role.code} belongs to another customer`, role.code);
  }

  private refuseAboveOwn(row: Row, id: number): void {
    const role = this.known.rolesAboveOwn.has(id) && this.known.roles.get(id);
    if (role) row.refuse('roles', 'roles.above_own_rights', `the role ${role.code} allows more than you may do yourself`, role.code);
  }

  /** Who gives somebody another address could act as him. */
  private refuseTakeOver(row: Row, { person, roleIds }: Subject, email: string): void {
    if (email !== person.email && roleIds.some((id) => this.known.rolesAboveOwn.has(id)))
      row.refuse('email', 'roles.above_own_rights', 'somebody with more rights than you have keeps his email address');
  }

  private defaultRoles({ websiteId, guest }: Partial<CustomerUser>): number[] {
    const { defaultWebsite: standard, websites } = this.known;
    const website = websites.get(websiteId ?? 0) ?? standard;
    const id = guest ? (website.guestRoleId ?? standard.guestRoleId) : (website.defaultRoleId ?? standard.defaultRoleId);
    return id === null ? [] : [id];
  }
}

function take<M extends keyof CustomerUser>(next: Partial<CustomerUser>, draft: Partial<Pick<CustomerUser, M>>, member: M): void {
  if (draft[member] !== undefined) next[member] = draft[member];
}
