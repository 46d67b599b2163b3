import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { CUSTOMERS_BELOW, OWN_CUSTOMERS } from '../customers/index.js';
import { type Permission, ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { findMany, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { CustomerUser, CustomerUserSalesRepresentative } from './customer-user.entity.js';
import { CustomerUserErased, emailTaken, EmailTaken, externalIdTaken, ExternalIdTaken, MembersTaken } from './customer-users.errors.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { ListKeys } from './lists/list-keys.js';

/** A sales representative's own are those whom he represents, and all of the customers that he owns or represents. */
const ASSIGNED =
  'EXISTS (SELECT 1 FROM customer_user_sales_representatives represented ' +
  'WHERE represented.customer_user_id = person.id AND represented.user_id = :reachOwner) ' +
  `OR person.customerId IN (${OWN_CUSTOMERS})`;

/** What may stand once in an organization, and who has it; without an id nobody yet. */
type Unique = Pick<CustomerUser, 'organizationId' | 'uniqueEmail' | 'externalId'> & { id?: number };

@Injectable()
export class CustomerUsersRepository extends ReachedRows<CustomerUser> {
  constructor(
    work: UnitOfWork,
    context: CurrentContext,
    private readonly keys: ListKeys,
  ) {
    super(work, context, {
      entity: CustomerUser,
      alias: 'person',
      view: CustomerUserPermission.view,
      columns: {
        organization: 'person.organizationId',
        owner: 'person.ownerId',
        assigned: ASSIGNED,
        customer: 'person.customerId',
        below: CUSTOMERS_BELOW,
        person: 'person.id',
      },
      noun: 'customer user',
    });
  }

  /** Customer users see no guests, and nothing of those who were erased. */
  override reached(permission: Permission = CustomerUserPermission.view): SelectQueryBuilder<CustomerUser> {
    const query = super.reached(permission);
    if (this.context.principal().type !== 'customer-user') return query;
    return query.andWhere('person.guest = :isGuest', { isGuest: false }).andWhere('person.erasedAt IS NULL');
  }

  /** Nobody changes who was erased; he can be deleted. Throws `CustomerUserErased`. */
  override async getForChange(id: number, permission: Permission): Promise<CustomerUser> {
    const person = await super.getForChange(id, permission);
    if (person.erasedAt !== null && permission !== CustomerUserPermission.delete) throw new CustomerUserErased();
    return person;
  }

  async find(id: number): Promise<CustomerUser | undefined> {
    const [person] = await this.findAll([id]);
    return person;
  }

  /** Those of them that there are, by id. */
  findAll(ids: readonly number[]): Promise<CustomerUser[]> {
    return findMany(this.work.manager, CustomerUser, 'id', ids);
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

  /** Who has an email address for himself in the organization. */
  async findUnique(organizationId: number, uniqueEmail: string): Promise<CustomerUser | undefined> {
    return (await this.work.repository(CustomerUser).findOneBy({ organizationId, uniqueEmail })) ?? undefined;
  }

  /** Writes a row that is new, or that may have come to another customer unless it `stays`. */
  async save(person: CustomerUser, { stays = false } = {}): Promise<CustomerUser> {
    const taken = { uq_customer_users_email: () => new EmailTaken(), uq_customer_users_external_id: () => new ExternalIdTaken() };
    try {
      const save = () => this.work.repository(CustomerUser).save(person);
      return await this.keys.keep([person], () => refusingDuplicates(this.work.manager, taken, save), stays ? [] : [person]);
    } catch (error) {
      if (!(error instanceof MembersTaken)) throw error;
      // The database names the first index that is in the way.
      const faults = await this.taken(person);
      throw faults.length > 0 ? new MembersTaken(faults) : error;
    }
  }

  /** A fault for each unique member that somebody else of the organization has. */
  async taken({ id, organizationId, uniqueEmail, externalId }: Unique): Promise<MemberFault[]> {
    const wanted = [...(uniqueEmail === null ? [] : [{ uniqueEmail }]), ...(externalId === null ? [] : [{ externalId }])];
    if (wanted.length === 0) return [];
    const found = await this.work.repository(CustomerUser).find({ where: wanted.map((member) => ({ organizationId, ...member })) });
    const others = found.filter((person) => person.id !== id);
    return [
      ...(uniqueEmail !== null && others.some((other) => other.uniqueEmail === uniqueEmail) ? [emailTaken] : []),
      ...(externalId !== null && others.some((other) => other.externalId === externalId) ? [externalIdTaken] : []),
    ];
  }

  async remove(id: number): Promise<void> {
    await this.keys.forget(id);
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
    await this.work.repository(CustomerUserSalesRepresentative).delete({ customerUserId });
    await this.giveSalesRepresentatives(customerUserId, userIds);
    await this.keys.sortByRepresentative([customerUserId]);
  }

  /** To somebody new, whose row names the first of them already. */
  async giveSalesRepresentatives(customerUserId: number, userIds: readonly number[]): Promise<void> {
    const rows = userIds.map((userId) => ({ customerUserId, userId }));
    if (rows.length > 0) await this.work.repository(CustomerUserSalesRepresentative).insert(rows);
  }
}
