import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { History } from '../../platform/history/index.js';
import { RoleAssignments } from '../../roles/index.js';
import { CUSTOMER_USER_HISTORY } from '../customer-user-history.js';
import { CustomerUser } from '../customer-user.entity.js';

/** People of one step. */
const STEP = 500;

/** Whose people are meant: those of one customer, or those of all others. */
type Whose = { of: number } | { notOf: number };

type NextRoles = (person: CustomerUser, held: readonly number[]) => readonly number[] | Promise<readonly number[]>;

/** The customer users who have a role, in the open unit of work. */
@Injectable()
export class RoleHolders {
  constructor(
    private readonly work: UnitOfWork,
    private readonly assignments: RoleAssignments,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Everybody who has the role, locked, in the order of ids. */
  async *batches(roleId: number, whose: Whose): AsyncIterable<CustomerUser[]> {
    for (let after = 0; ;) {
      const ids = await this.idsOf(roleId, whose, after);
      if (ids.length === 0) return;
      yield await this.lock(ids);
      after = ids.at(-1) ?? after;
    }
  }

  /** These people, in the order of ids, which all who lock many keep to. */
  lock(ids: readonly number[]): Promise<CustomerUser[]> {
    return this.work.repository(CustomerUser).find({ where: { id: In(ids) }, order: { id: 'ASC' }, lock: this.work.forUpdate });
  }

  /** The same for any number of them, some at a time. */
  async *lockMany(ids: readonly number[]): AsyncIterable<CustomerUser[]> {
    for (let start = 0; start < ids.length; start += STEP) yield await this.lock(ids.slice(start, start + STEP));
  }

  /** The roles of each of these people, by id. */
  async rolesOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    const held = await this.assignments.of(ids);
    return new Map(ids.map((id) => [id, (held.get(id) ?? []).map((role) => role.id)]));
  }

  /** Gives people, whom the caller locked, other roles. Who keeps those that he has is not changed. */
  async change(people: readonly CustomerUser[], next: NextRoles): Promise<void> {
    const before = await this.rolesOf(people.map(({ id }) => id));
    const after = new Map<number, number[]>();
    for (const person of people) {
      const held = before.get(person.id) ?? [];
      const roleIds = [...new Set(await next(person, held))].sort((one, other) => one - other);
      if (roleIds.join() !== held.join()) after.set(person.id, roleIds);
    }
    if (after.size === 0) return;
    await this.assignments.replaceMany(after);
    // That raises the version as well: the roles are part of what is read of a person.
    await this.work.repository(CustomerUser).update({ id: In([...after.keys()]) }, { updatedAt: this.clock.now() });
    const recorded = (person: CustomerUser, roleIds: number[] = []) => ({ ...person, roleIds, salesRepresentativeIds: [], fields: {} });
    await this.history.changedMany(
      CUSTOMER_USER_HISTORY,
      people.map((person) => ({
        before: recorded(person, before.get(person.id)),
        after: recorded(person, after.get(person.id) ?? before.get(person.id)),
      })),
    );
  }

  private async idsOf(roleId: number, whose: Whose, after: number): Promise<number[]> {
    const [comparison, customerId] = 'of' in whose ? ['=', whose.of] : ['<>', whose.notOf];
    const rows = await this.work
      .repository(CustomerUser)
      .createQueryBuilder('person')
      .select('person.id')
      .innerJoin('customer_user_role_assignments', 'held', 'held.customer_user_id = person.id AND held.role_id = :roleId', { roleId })
      .where({ id: MoreThan(after) })
      .andWhere(`person.customerId ${comparison} :customerId`, { customerId })
      .orderBy('person.id')
      .take(STEP)
      .getMany();
    return rows.map(({ id }) => id);
  }
}
