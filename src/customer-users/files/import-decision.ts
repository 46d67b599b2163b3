import { type Differences, differencesBetween, type ImportContext, type ImportRow, mayIn } from '../../import-export/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import type { Known } from './import-references.js';
import { type CustomerUserRow, Subject } from './import-subject.js';
import { ImportValues } from './import-values.js';

type Row = ImportRow<CustomerUserRow>;

/** Of a customer user, in the differences of a validation. */
const SHOWN = [
  ...(['email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone', 'externalId'] as const),
  ...(['enabled', 'confirmed', 'guest', 'customerId', 'ownerId', 'websiteId', 'preferredLocalizationId', 'customFields'] as const),
];

const REQUIRED = ['firstName', 'lastName', 'email'] as const;

/** Decides about the rows of a batch, one after the other: a later one finds what an earlier one did. Reads and writes nothing. */
export class ImportDecision {
  readonly subjects = new Set<Subject>();
  private readonly values: ImportValues;

  constructor(
    private readonly known: Known,
    private readonly context: ImportContext,
    private readonly now: Date,
  ) {
    this.values = new ImportValues(known, context);
  }

  decide(row: Row): void {
    const target = this.targetOf(row);
    const isNew = !target && !row.has('id');
    if (target || isNew) {
      this.refuseByStrategy(row, target);
      this.refuseWithoutRight(row, target);
    }
    if (isNew) for (const member of REQUIRED) if (!row.has(member)) row.refuse(member, 'required', 'is required');
    const next = this.values.of(row, target);
    const roleIds = this.values.rolesFor(row, target, next);
    this.refuseMove(row, target, next);
    this.refuseTaken(row, target, next);
    if (row.failed) return;
    if (target) this.replace(row, target, next, roleIds);
    else this.add(row, next, roleIds);
  }

  /** Whom the row is about: by id, else by email; a guest by id alone. */
  private targetOf(row: Row): Subject | undefined {
    const { draft } = row;
    if (draft.id !== undefined) {
      const found = this.known.byId.get(draft.id);
      if (found && this.known.visible.has(draft.id)) return found;
      row.refuse('id', 'customer_users.unknown', 'there is no such customer user');
      return undefined;
    }
    if (row.has('id') || draft.email === undefined || draft.guest) return undefined;
    const found = this.known.byEmail.get(this.keyOf(draft.email));
    if (this.takenEarlier(row, draft.email, found)) return undefined;
    if (!found || !found.before || this.known.visible.has(found.before.id)) return found;
    row.refuse('email', 'customer_users.email_taken', 'another customer user has this email address');
    return undefined;
  }

  /** An earlier row gave the address to somebody whom it named by id: a row without an id cannot mean him. */
  private takenEarlier(row: Row, email: string, found: Subject | undefined): boolean {
    const claim = this.context.claims.of('email', this.keyOf(email));
    if (claim?.kind !== 'taken' || (!found && this.context.mode === 'import')) return false;
    row.refuse('email', 'customer_users.email_taken', `row ${claim.row} gives this email address to another customer user`);
    return true;
  }

  private refuseByStrategy(row: Row, target: Subject | undefined): void {
    const { strategy } = this.context;
    const member = row.has('id') ? 'id' : 'email';
    if (strategy === 'add' && (target || this.addedEarlier(row)))
      row.refuse(member, 'imports.exists', 'is there already, and the import only adds');
    if (!target && strategy === 'update' && !row.isRefused('email'))
      row.refuse(member, 'imports.missing', 'is not there, and the import only updates');
  }

  private refuseWithoutRight(row: Row, target: Subject | undefined): void {
    const permission = target?.before ? CustomerUserPermission.edit : CustomerUserPermission.create;
    if (target?.before ? !this.known.editable.has(target.before.id) : !mayIn(this.context, permission))
      row.refuseRow('auth.permission_missing', `this needs the permission ${permission.name}`);
    const [column, ownerId] = this.values.ownerOf(row);
    if (target?.before && ownerId !== undefined && ownerId !== target.person.ownerId && !this.known.assignable.has(target.before.id))
      row.refuse(column, 'auth.permission_missing', `to change it needs the permission ${CustomerUserPermission.assign.name}`);
    const own = this.context.principal.rights.level(CustomerUserPermission.create.name) === 'own';
    if (!target && own && ownerId !== undefined && ownerId !== this.context.principal.id)
      row.refuse(column, 'auth.permission_missing', 'must be yourself: you may create your own customer users alone');
  }

  /** Documents stay behind when somebody goes to another customer, which is a change of each of them. */
  private refuseMove(row: Row, target: Subject | undefined, { customerId }: Partial<CustomerUser>): void {
    if (!target?.before || customerId === undefined || customerId === target.before.customerId) return;
    const member = row.has('customerId') ? 'customerId' : 'customerName';
    for (const { name } of this.known.lackingToMove.get(target.before.id) ?? [])
      row.refuse(member, 'auth.permission_missing', `needs the permission ${name}: documents of this kind refer to the customer user`);
  }

  private refuseTaken(row: Row, target: Subject | undefined, { uniqueEmail, externalId }: Partial<CustomerUser>): void {
    if (!target && row.has('id')) return;
    const holder = uniqueEmail == null ? undefined : this.known.byEmail.get(uniqueEmail);
    if (holder && holder !== target && !row.isRefused('email'))
      row.refuse('email', 'customer_users.email_taken', 'another customer user has this email address');
    const other = externalId == null ? undefined : this.known.byExternalId.get(externalId);
    if (other && other !== target)
      row.refuse('externalId', 'customer_users.external_id_taken', 'another customer user has this external id');
  }

  private add(row: Row, next: Partial<CustomerUser>, roleIds: readonly number[]): void {
    const subject = this.newSubject(next);
    subject.roleIds = [...new Set(roleIds)];
    this.settleNew(row, () => ({
      ...differencesBetween(undefined, subject.person, SHOWN),
      ...differencesBetween(undefined, { roles: this.codesOf(subject.roleIds) }, ['roles']),
    }));
    this.subjects.add(subject);
    this.index(subject);
  }

  private replace(row: Row, target: Subject, next: Partial<CustomerUser>, roleIds: readonly number[]): void {
    const before = { ...target.person };
    const rolesBefore = target.roleIds;
    const differs = target.assign(next);
    const rolesDiffer = target.assignRoles(roleIds);
    if (target.before?.erasedAt && (differs || rolesDiffer)) {
      Object.assign(target.person, before);
      row.refuseRow('customer_users.erased', 'the customer user was erased: what is left of him never changes');
      return;
    }
    if (next.customerId !== undefined) target.needsCustomer = false;
    row.settle(differs || rolesDiffer ? 'replaced' : 'unchanged', () => ({
      ...differencesBetween(before, target.person, SHOWN),
      ...differencesBetween({ roles: this.codesOf(rolesBefore) }, { roles: this.codesOf(target.roleIds) }, ['roles']),
    }));
    if (!differs && !rolesDiffer) return;
    target.person.updatedAt = this.now;
    this.subjects.add(target);
    if (target.before) this.raiseEpoch(target, before);
    this.index(target, before);
    if (target.before && before.uniqueEmail !== target.person.uniqueEmail && row.draft.id !== undefined)
      this.context.claims.make('email', this.keyOf(target.person.email), 'taken', row.number);
  }

  private codesOf(roleIds: readonly number[]): string[] {
    return roleIds.map((id) => this.known.roles.get(id)?.code ?? String(id)).sort();
  }

  private settleNew(row: Row, differences: () => Differences): void {
    const { email = '', guest } = row.draft;
    row.settle(this.addedEarlier(row) ? 'replaced' : 'added', differences);
    if (!guest) this.context.claims.make('email', this.keyOf(email), 'added', row.number);
  }

  /** Where nothing is written, a new one of an earlier batch is known by its claim alone. */
  private addedEarlier({ draft: { email = '', guest } }: Row): boolean {
    return !guest && this.context.claims.of('email', this.keyOf(email))?.kind === 'added';
  }

  private readonly keyOf = (email: string): string => this.known.keysOf(email, false).uniqueEmail ?? '';

  private newSubject(next: Partial<CustomerUser>): Subject {
    const subject = new Subject(undefined);
    subject.needsCustomer = next.customerId === undefined;
    Object.assign(subject.person, {
      organizationId: this.context.principal.organizationId,
      ...{
        preferredLocalizationId: null,
        namePrefix: null,
        middleName: null,
        nameSuffix: null,
        birthday: null,
        phone: null,
        externalId: null,
        customFields: null,
      },
      ...{ enabled: true, confirmed: true, guest: false, passwordStatus: 'unset', passwordHash: null, credentialEpoch: 1 },
      ...{ lastLoginAt: null, loginCount: 0, createdAt: this.now, updatedAt: this.now, erasedAt: null },
      ...next,
    });
    return subject;
  }

  /** A new email address, and the end of being enabled or confirmed, end what was opened before. */
  private raiseEpoch({ person, before }: Subject, { email, enabled, confirmed, guest }: CustomerUser): void {
    const ends = person.email !== email || (enabled && !person.enabled) || (confirmed && !person.confirmed) || person.guest !== guest;
    if (ends && before) person.credentialEpoch = before.credentialEpoch + 1;
  }

  private index(subject: Subject, before?: CustomerUser): void {
    const { byEmail, byExternalId } = this.known;
    if (before?.uniqueEmail && byEmail.get(before.uniqueEmail) === subject) byEmail.delete(before.uniqueEmail);
    if (before?.externalId && byExternalId.get(before.externalId) === subject) byExternalId.delete(before.externalId);
    if (subject.person.uniqueEmail) byEmail.set(subject.person.uniqueEmail, subject);
    if (subject.person.externalId) byExternalId.set(subject.person.externalId, subject);
  }
}
