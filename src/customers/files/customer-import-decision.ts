import {
  type Differences,
  differencesBetween,
  fieldFault,
  givenFields,
  type ImportContext,
  type ImportRow,
  mayIn,
} from '../../import-export/index.js';
import { defaultOwner, makesOwn } from '../../platform/authorization/index.js';
import { CustomerImportMatch } from './customer-import-match.js';
import type { CustomerRow, CustomerSubject, KnownCustomers } from './customer-import-references.js';
import { Customer } from '../customer.entity.js';
import { CustomerPermission } from '../customers.permissions.js';

type Row = ImportRow<CustomerRow>;

const SHOWN = ['name', 'parentId', 'groupId', 'ownerId', 'internalRating', 'externalId', 'customFields'] as const;
const PLAIN = ['name', 'internalRating', 'externalId'] as const;

/** Decides about the rows of a batch, one after the other: a later one finds what an earlier one did. Reads and writes nothing. */
export class CustomerImportDecision {
  readonly changed = new Set<CustomerSubject>();
  private readonly match: CustomerImportMatch;

  constructor(
    private readonly known: KnownCustomers,
    private readonly context: ImportContext,
    private readonly now: Date,
  ) {
    this.match = new CustomerImportMatch(known, context);
  }

  decide(row: Row): void {
    const target = this.match.of(row);
    const isNew = !target && !row.failed && !row.has('id');
    if (target || isNew) {
      this.refuseByStrategy(row, target);
      this.refuseWithoutRight(row, target);
    }
    if (!target && !row.has('id') && !row.has('name')) row.refuse('name', 'required', 'is required');
    const next = this.valuesOf(row, target);
    if (!row.failed) this.carryOut(row, target, next);
  }

  private refuseByStrategy(row: Row, target: CustomerSubject | undefined): void {
    const { strategy } = this.context;
    const member = row.has('id') ? 'id' : 'name';
    const exists = target !== undefined || this.match.isMadeEarlier(row);
    if (exists && strategy === 'add') row.refuse(member, 'imports.exists', 'is there already, and the import only adds');
    if (!exists && strategy === 'update') row.refuse(member, 'imports.missing', 'is not there, and the import only updates');
  }

  private refuseWithoutRight(row: Row, target: CustomerSubject | undefined): void {
    const permission = target?.before ? CustomerPermission.edit : CustomerPermission.create;
    if (target?.before ? !this.known.editable.has(target.before.id) : !mayIn(this.context, permission))
      row.refuseRow('auth.permission_missing', `this needs the permission ${permission.name}`);
    const { ownerId } = row.draft;
    if (ownerId === undefined) return;
    if (!target && makesOwn(this.context.principal, CustomerPermission.create) && ownerId !== this.context.principal.id)
      row.refuse('ownerId', 'auth.owner_not_self', 'must be yourself: you may create your own customers alone');
    if (target?.before && ownerId !== target.customer.ownerId && !this.known.assignable.has(target.before.id))
      row.refuse('ownerId', 'auth.permission_missing', `to change it needs the permission ${CustomerPermission.assign.name}`);
  }

  private valuesOf(row: Row, target: CustomerSubject | undefined): Partial<Customer> {
    const { draft } = row;
    const next: Partial<Customer> = Object.fromEntries(
      PLAIN.flatMap((member) => (draft[member] === undefined ? [] : [[member, draft[member]]])),
    );
    if (draft.groupName !== undefined) {
      const groupId = this.known.groups.get(draft.groupName);
      if (groupId === undefined) row.refuse('groupName', 'customers.group_unknown', 'there is no such customer group');
      else next.groupId = groupId;
    }
    if (draft.ownerId !== undefined && draft.ownerId !== target?.customer.ownerId) {
      if (this.known.owners.has(draft.ownerId)) next.ownerId = draft.ownerId;
      else row.refuse('ownerId', 'customers.owner_unknown', 'there is no such user');
    }
    this.addParent(row, target, next);
    const holder = draft.externalId === undefined ? undefined : this.known.byExternalId.get(draft.externalId);
    if (holder && holder !== target && !row.isRefused('externalId'))
      row.refuse('externalId', 'customers.external_id_taken', 'another customer has this external id');
    this.addFields(row, target, next);
    return next;
  }

  private addParent(row: Row, target: CustomerSubject | undefined, next: Partial<Customer>): void {
    const { parentId } = row.draft;
    if (parentId === undefined || parentId === target?.customer.parentId) return;
    if (!this.known.parents.has(parentId)) row.refuse('parentId', 'customers.parent_unknown', 'there is no such parent customer');
    else if (target && this.isBelow(parentId, target.customer.id))
      row.refuse('parentId', 'customers.parent_cycle', 'a customer cannot be below itself or below one of its subsidiaries');
    else next.parentId = parentId;
  }

  /** As the rows so far have it. */
  private isBelow(id: number, ancestorId: number): boolean {
    const seen = new Set<number>();
    for (let above: number | null = id; above !== null && !seen.has(above);) {
      if (above === ancestorId) return true;
      seen.add(above);
      const moved: Customer | undefined = this.known.byId.get(above)?.customer;
      above = moved ? moved.parentId : (this.known.parentOf.get(above) ?? null);
    }
    return false;
  }

  private addFields(row: Row, target: CustomerSubject | undefined, next: Partial<Customer>): void {
    const given = givenFields(this.known.fields, row.draft);
    if ((target || row.isRefused('externalId')) && Object.keys(given).length === 0) return;
    const { values, faults } = this.known.fields.write(given, target?.customer.customFields ?? null);
    for (const fault of faults) {
      const { member, detail } = fieldFault(fault);
      if (!row.isRefused(member)) row.refuse(member, fault.code, detail);
    }
    next.customFields = values;
  }

  private carryOut(row: Row, target: CustomerSubject | undefined, next: Partial<Customer>): void {
    const subject = target ?? this.newSubject();
    const { customer } = subject;
    const before = { ...customer };
    const differs = Object.entries(next).some(
      ([member, value]) => JSON.stringify(customer[member as keyof Customer]) !== JSON.stringify(value),
    );
    const after = { ...customer, ...next };
    this.settle(row, target, differs, () => differencesBetween(target && before, after, SHOWN));
    if (target && !differs) return;
    this.match.claim(row, target);
    Object.assign(customer, next, { updatedAt: this.now });
    this.changed.add(subject);
    this.index(subject, before);
  }

  private settle(row: Row, target: CustomerSubject | undefined, differs: boolean, differences: () => Differences): void {
    if (target) row.settle(differs ? 'replaced' : 'unchanged', differences);
    else row.settle(this.match.isMadeEarlier(row) ? 'replaced' : 'added', differences);
  }

  private newSubject(): CustomerSubject {
    const { principal } = this.context;
    const ownerId = defaultOwner(principal, principal.organizationId);
    const customer = Object.assign(new Customer(), {
      organizationId: principal.organizationId,
      ...{ parentId: null, groupId: null, ownerId, internalRating: null, externalId: null, customFields: null },
      ...{ createdAt: this.now, updatedAt: this.now },
    });
    return { before: undefined, customer };
  }

  private index(subject: CustomerSubject, before: Partial<Customer>): void {
    const { byName, byExternalId } = this.known;
    const { name, externalId } = subject.customer;
    if (before.name !== name) {
      if (before.name !== undefined)
        byName.set(
          before.name,
          (byName.get(before.name) ?? []).filter((other) => other !== subject),
        );
      byName.set(name, [...(byName.get(name) ?? []), subject]);
    }
    if (before.externalId && byExternalId.get(before.externalId) === subject) byExternalId.delete(before.externalId);
    if (externalId !== null) byExternalId.set(externalId, subject);
  }
}
