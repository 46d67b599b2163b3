import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Permission, PermissionMissing, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { CustomerUser, CustomerUserSalesRepresentative } from './customer-user.entity.js';
import { CustomerUserMissing, EmailTaken, ExternalIdTaken } from './customer-users.errors.js';
import { CustomerUserPermission } from './customer-users.permissions.js';

@Injectable()
export class CustomerUsersRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  /** The customer users whom the caller reaches with `permission`. */
  reached(permission: Permission) {
    const query = this.work.repository(CustomerUser).createQueryBuilder('person');
    return within(query, this.context.principal(), permission, {
      organization: 'person.organizationId',
      owner: 'person.ownerId',
      customer: 'person.customerId',
      person: 'person.id',
    });
  }

  async get(id: number, permission: Permission = CustomerUserPermission.view): Promise<CustomerUser> {
    const row = await this.reached(permission).andWhere('person.id = :id', { id }).getOne();
    if (!row) throw new CustomerUserMissing();
    return row;
  }

  /** The customer user, locked, when the caller may see him (else 404), do `permission` to him (else 403), and has his present version (else 412). */
  async getForChange(id: number, permission: Permission): Promise<CustomerUser> {
    await this.lock(id);
    const row = await this.get(id);
    if (!(await this.reached(permission).andWhere('person.id = :id', { id }).getExists())) throw new PermissionMissing(permission.name);
    this.context.refuseStale(row.version);
    return row;
  }

  /** By id, whoever acts; locked when in a unit of work. */
  async lock(id: number): Promise<CustomerUser | undefined> {
    return (await this.work.repository(CustomerUser).findOne({ where: { id }, lock: this.work.forUpdate })) ?? undefined;
  }

  async find(id: number): Promise<CustomerUser | undefined> {
    return (await this.work.repository(CustomerUser).findOneBy({ id })) ?? undefined;
  }

  /** Who could mean himself by an email address that is unique as one of `keys`: one an organization, and after them guests. */
  findByEmail(email: string, keys: ReadonlyMap<number, string | null>): Promise<CustomerUser[]> {
    const common = { organizationId: In([...keys.keys()]), emailLower: email.toLowerCase() };
    const unique = In([...new Set(keys.values())]);
    return this.work.repository(CustomerUser).find({
      where: [
        { ...common, uniqueEmail: unique },
        { ...common, guest: true },
      ],
      order: { guest: 'ASC', id: 'ASC' },
      take: 10,
    });
  }

  save(person: CustomerUser): Promise<CustomerUser> {
    const taken = { uq_customer_users_email: () => new EmailTaken(), uq_customer_users_external_id: () => new ExternalIdTaken() };
    return refusingDuplicates(this.work.manager, taken, () => this.work.repository(CustomerUser).save(person));
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(CustomerUser).delete({ id });
  }

  /** False when the epoch has passed: email, password or standing have changed. */
  async recordLogin(id: number, credentialEpoch: number, at: Date): Promise<boolean> {
    // A login is no change of the person: his version stays.
    const { affected } = await this.work
      .repository(CustomerUser)
      .createQueryBuilder()
      .update()
      .set({ lastLoginAt: at, loginCount: () => 'login_count + 1', version: () => 'version' })
      .where({ id, credentialEpoch })
      .execute();
    return affected === 1;
  }

  async salesRepresentativesOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    const rows = await this.work
      .repository(CustomerUserSalesRepresentative)
      .find({ where: { customerUserId: In(ids) }, order: { userId: 'ASC' } });
    const byPerson = new Map<number, number[]>();
    for (const { customerUserId, userId } of rows) byPerson.set(customerUserId, [...(byPerson.get(customerUserId) ?? []), userId]);
    return byPerson;
  }

  async replaceSalesRepresentatives(customerUserId: number, userIds: readonly number[]): Promise<void> {
    const rows = this.work.repository(CustomerUserSalesRepresentative);
    await rows.delete({ customerUserId });
    if (userIds.length > 0) await rows.insert(userIds.map((userId) => ({ customerUserId, userId })));
  }
}
