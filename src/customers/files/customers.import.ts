import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../../custom-fields/index.js';
import {
  cell,
  CellRefused,
  fieldColumns,
  type ImportColumn,
  type ImportContext,
  ImportProfile,
  type ImportRow,
} from '../../import-export/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { CustomerImportDecision } from './customer-import-decision.js';
import { CustomerImportReferences, type CustomerRow, type CustomerSubject } from './customer-import-references.js';
import { CustomerWriting } from '../customer-writing.js';
import { Customer } from '../customer.entity.js';
import { CustomerPermission } from '../customers.permissions.js';

const line = cell.line(255);

function rating(text: string): number {
  if (!/^[1-5]$/.test(text)) throw new CellRefused('not_a_rating', 'must be a whole number from 1 to 5');
  return Number(text);
}

/** How files of customers are imported: the columns are those of OroCommerce's files. */
@Injectable()
export class CustomerImport extends ImportProfile<CustomerRow, readonly CustomerSubject[]> {
  readonly entity = 'customers';
  readonly label = 'customers';
  readonly view = CustomerPermission.view;
  readonly keys = ['name', 'externalId'] as const;
  readonly columns: readonly ImportColumn<CustomerRow>[] = [
    { header: 'Id', member: 'id', read: cell.id(), example: '' },
    { header: 'Name', member: 'name', read: line, example: 'Acme Industrial' },
    { header: 'Parent Id', member: 'parentId', read: cell.id(), example: '' },
    { header: 'Group Name', member: 'groupName', read: line, example: '' },
    { header: 'Owner Id', member: 'ownerId', read: cell.id(), example: '' },
    { header: 'Internal rating Id', member: 'internalRating', read: rating, example: '4' },
    { header: 'External Id', member: 'externalId', read: line, example: 'ERP-1001' },
  ];

  constructor(
    private readonly work: UnitOfWork,
    private readonly references: CustomerImportReferences,
    private readonly writing: CustomerWriting,
    private readonly customFields: CustomFieldValues,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async columnsFor(organizationId: number): Promise<readonly ImportColumn<CustomerRow>[]> {
    return [...this.columns, ...fieldColumns(await this.customFields.of('customer', organizationId), this.columns)];
  }

  async decide(rows: readonly ImportRow<CustomerRow>[], context: ImportContext): Promise<readonly CustomerSubject[]> {
    const decision = new CustomerImportDecision(await this.references.load(rows, context), context, this.clock.now());
    for (const row of rows) decision.decide(row);
    return [...decision.changed];
  }

  async write(subjects: readonly CustomerSubject[]): Promise<void> {
    const changes = subjects.flatMap(({ before, customer }) => (before ? [{ before, after: customer }] : []));
    const taken = new Set(subjects.flatMap(({ customer }) => customer.externalId ?? []));
    const given = changes.filter(({ before, after }) => before.externalId !== after.externalId && taken.has(before.externalId ?? ''));
    // Of two that exchange an external id, one goes without until both are written.
    for (const { before } of given) await this.work.repository(Customer).update({ id: before.id }, { externalId: null });
    await this.writing.create(subjects.flatMap(({ before, customer }) => (before ? [] : [customer])));
    await this.writing.change(changes);
  }
}
