import { Injectable } from '@nestjs/common';
import {
  cell,
  CellRefused,
  fieldColumns,
  type ImportColumn,
  type ImportContext,
  ImportProfile,
  type ImportRow,
} from '../../import-export/index.js';
import { CustomFieldValues } from '../../custom-fields/index.js';
import { Clock } from '../../platform/clock/index.js';
import { isEmailAddress, normalisePhone } from '../../platform/http/index.js';
import { mapWithPauses } from '../../platform/pauses/index.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { ImportDecision } from './import-decision.js';
import { ImportReferences, type Known } from './import-references.js';
import type { CustomerUserRow, Subject } from './import-subject.js';
import { ImportWriting } from './import-writing.js';
import { isPastDay } from '../member-rules.js';

const line = cell.line(255);
const date = cell.date();

function email(typed: string): string {
  const text = typed.normalize('NFC');
  if (!isEmailAddress(text)) throw new CellRefused('not_an_email', 'not a valid email address');
  return text;
}

function birthday(text: string): unknown {
  const day = date(text);
  if (!isPastDay(day)) throw new CellRefused('not_a_birthday', 'must not be in the future');
  return day;
}

function phone(text: string): string {
  const number = normalisePhone(text);
  if (number === undefined) throw new CellRefused('not_a_phone', 'must be a phone number with its country, such as +49 30 1234567');
  return number;
}

const column = (header: string, member: keyof CustomerUserRow, read: ImportColumn<CustomerUserRow>['read'], example = '') => ({
  header,
  member,
  read,
  example,
});

interface Plan {
  readonly subjects: readonly Subject[];
  readonly known: Known;
}

/** How files of customer users are imported: the columns are those of OroCommerce's files. */
@Injectable()
export class CustomerUserImport extends ImportProfile<CustomerUserRow, Plan> {
  readonly entity = 'customer-users';
  readonly label = 'customer users';
  readonly view = CustomerUserPermission.view;
  readonly keys = ['email'] as const;
  override readonly personMember = 'id';
  readonly columns: readonly ImportColumn<CustomerUserRow>[] = [
    column('ID', 'id', cell.id()),
    column('Name Prefix', 'namePrefix', line, 'Ms.'),
    column('First Name', 'firstName', line, 'Amanda'),
    column('Middle Name', 'middleName', line),
    column('Last Name', 'lastName', line, 'Cole'),
    column('Name Suffix', 'nameSuffix', line),
    column('Birthday', 'birthday', birthday, '1985-03-09'),
    column('Email Address', 'email', email, 'amanda.cole@acme.example'),
    column('Customer Id', 'customerId', cell.id()),
    column('Customer Name', 'customerName', line, 'Acme'),
    column('Roles # Role', 'roles', line, 'ROLE_FRONTEND_BUYER ROLE_FRONTEND_ADMINISTRATOR'),
    column('Guest', 'guest', cell.flag(), '0'),
    column('Enabled', 'enabled', cell.flag(), '1'),
    column('Confirmed', 'confirmed', cell.flag(), '1'),
    column('Owner Id', 'ownerId', cell.id()),
    // Beside an id it is for people to read, whatever it says.
    column('Owner Username', 'ownerUsername', (text) => text),
    column('Website Id', 'websiteId', cell.id()),
    column('Phone', 'phone', phone, '+49 30 1234567'),
    column('External Id', 'externalId', line, 'CRM-1001'),
  ];

  constructor(
    private readonly references: ImportReferences,
    private readonly writing: ImportWriting,
    private readonly customFields: CustomFieldValues,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async columnsFor(organizationId: number): Promise<readonly ImportColumn<CustomerUserRow>[]> {
    return [...this.columns, ...fieldColumns(await this.customFields.of('customer_user', organizationId), this.columns)];
  }

  async decide(rows: readonly ImportRow<CustomerUserRow>[], context: ImportContext): Promise<Plan> {
    const known = await this.references.load(rows, context);
    const decision = new ImportDecision(known, context, this.clock.now());
    await mapWithPauses(rows, (row) => decision.decide(row));
    return { subjects: [...decision.subjects], known };
  }

  override stillHolds({ known }: Plan, rows: readonly ImportRow<CustomerUserRow>[], context: ImportContext): Promise<boolean> {
    return this.references.areAsRead(known, rows, context);
  }

  write({ subjects }: Plan, context: ImportContext, makeNext: () => void): Promise<void> {
    return this.writing.write(subjects, context, makeNext);
  }
}
