import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ListensTo } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import { CustomerUserRoleCustomized, RoleAssignments } from '../roles/index.js';
import { CUSTOMER_USER_HISTORY } from './customer-user-history.js';
import { CustomerUser } from './customer-user.entity.js';

/** People of one step. */
const STEP = 500;

/** Gives the people of a customer other roles when what happens to a role demands it, in the same transaction. */
@Injectable()
export class RoleMoves {
  constructor(
    private readonly work: UnitOfWork,
    private readonly assignments: RoleAssignments,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Everybody of the customer who has the role gets its copy in place of it. */
  @ListensTo(CustomerUserRoleCustomized)
  async toCopy({ roleId, copyId, customerId }: CustomerUserRoleCustomized): Promise<void> {
    const moved = (held: readonly number[]) => [...held.filter((id) => id !== roleId && id !== copyId), copyId];
    for (let after = 0, step: CustomerUser[]; (step = await this.lockHolders(roleId, customerId, after)).length > 0;) {
      await this.replaceRoles(step, moved);
      after = step.at(-1)?.id ?? after;
    }
  }

  private async lockHolders(roleId: number, customerId: number, after: number): Promise<CustomerUser[]> {
    const people = this.work.repository(CustomerUser);
    const holders = await people
      .createQueryBuilder('person')
      .select('person.id')
      .innerJoin('customer_user_role_assignments', 'held', 'held.customer_user_id = person.id AND held.role_id = :roleId', { roleId })
      .where({ customerId, id: MoreThan(after) })
      .orderBy('person.id')
      .take(STEP)
      .getMany();
    const id = In(holders.map((holder) => holder.id));
    return people.find({ where: { id, customerId }, order: { id: 'ASC' }, lock: this.work.forUpdate });
  }

  private async replaceRoles(people: readonly CustomerUser[], next: (held: readonly number[]) => number[]): Promise<void> {
    const ids = people.map(({ id }) => id);
    const held = await this.assignments.of(ids);
    const before = new Map(ids.map((id) => [id, (held.get(id) ?? []).map((role) => role.id)]));
    const after = new Map([...before].map(([id, roleIds]) => [id, next(roleIds).toSorted((a, b) => a - b)]));
    await this.assignments.replaceMany(after);
    await this.work.repository(CustomerUser).update({ id: In(ids) }, { updatedAt: this.clock.now() });
    const recorded = (person: CustomerUser, roleIds: number[] = []) => ({ ...person, roleIds, salesRepresentativeIds: [], fields: {} });
    await this.history.changedMany(
      CUSTOMER_USER_HISTORY,
      people.map((person) => ({ before: recorded(person, before.get(person.id)), after: recorded(person, after.get(person.id)) })),
    );
  }
}
