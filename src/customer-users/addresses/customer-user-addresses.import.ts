import { Injectable } from '@nestjs/common';
import { addressColumns, AddressImport, AddressImportWriting, type AddressOwners, type AddressRow } from '../../customers/index.js';
import { cell, type ImportContext, type ImportRow } from '../../import-export/index.js';
import { Clock } from '../../platform/clock/index.js';
import { findMany, updateMany, UnitOfWork } from '../../platform/database/index.js';
import { CustomerUser } from '../customer-user.entity.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { EmailKeys } from '../lists/email-keys.js';

/** How a row names the customer user. */
interface PersonNamed {
  customerUserId: number;
  email: string;
}

type Row = ImportRow<AddressRow & PersonNamed>;

/** How files of the addresses of customer users are imported. */
@Injectable()
export class CustomerUserAddressImport extends AddressImport<PersonNamed> {
  readonly entity = 'customer-user-addresses';
  readonly label = 'addresses of customer users';
  readonly kind = 'customer_user';
  readonly view = CustomerUserAddressPermission.view;
  override readonly personMember = 'customerUserId';
  readonly columns = addressColumns<AddressRow & PersonNamed>([
    { header: 'Customer User Id', member: 'customerUserId', read: cell.id(), example: '' },
    { header: 'Email Address', member: 'email', read: cell.line(255), example: 'amanda.cole@acme.example' },
  ]);
  protected readonly ownerMembers = ['customerUserId', 'email'] as const;

  constructor(
    writing: AddressImportWriting,
    private readonly work: UnitOfWork,
    people: CustomerUsersRepository,
    private readonly emailKeys: EmailKeys,
    private readonly clock: Clock,
  ) {
    super(writing, CustomerUserAddressPermission, { rows: people, view: CustomerUserPermission.view });
  }

  protected async owners(rows: readonly Row[], ids: readonly number[], { principal }: ImportContext): Promise<AddressOwners<PersonNamed>> {
    const { organizationId } = principal;
    const keysOf = await this.emailKeys.forOrganization(organizationId);
    const keyOf = (email: string) => keysOf(email, false).uniqueEmail ?? '';
    const by = (member: 'id' | 'uniqueEmail', values: readonly (string | number)[]) =>
      findMany(this.work.manager, CustomerUser, member, [...new Set(values)], { where: { organizationId }, forUpdate: true });
    const byId = await by('id', [...ids, ...rows.flatMap(({ draft }) => draft.customerUserId ?? [])]);
    const emails = rows.flatMap(({ draft }) =>
      draft.customerUserId === undefined && draft.email !== undefined ? [keyOf(draft.email)] : [],
    );
    const found = [...byId, ...(await by('uniqueEmail', emails))].filter(({ erasedAt }) => erasedAt === null);
    const { seen, reached } = await this.reach(
      organizationId,
      found.map(({ id }) => id),
    );
    const byEmail = new Map<string, number>();
    for (const { id, uniqueEmail } of found) if (uniqueEmail !== null && seen.has(id)) byEmail.set(uniqueEmail, id);
    return { named: (row) => ownerOf(row, seen, (email) => byEmail.get(keyOf(email))), reached };
  }

  /** The book is a part of him: his version tells that it has changed. */
  protected async touch(ids: readonly number[]): Promise<void> {
    const updatedAt = this.clock.now();
    const people = ids.map((id) => Object.assign(new CustomerUser(), { id, updatedAt }));
    await updateMany(this.work.manager, CustomerUser, people, ['updatedAt']);
  }
}

function ownerOf(row: Row, seen: ReadonlySet<number>, byEmail: (email: string) => number | undefined): number | undefined {
  const { customerUserId, email, addressId } = row.draft;
  if (customerUserId !== undefined) {
    if (seen.has(customerUserId)) return customerUserId;
    row.refuse('customerUserId', 'addresses.customer_user_unknown', 'there is no such customer user');
    return undefined;
  }
  if (email === undefined || row.has('customerUserId')) return undefined;
  const found = byEmail(email);
  if (found === undefined && addressId === undefined)
    row.refuse('email', 'addresses.customer_user_unknown', 'there is no customer user of this email address');
  return found;
}
