import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { LastAdministrator } from './user-roles.errors.js';
import { User } from './user.entity.js';

const HOLDS_EVERYTHING =
  'EXISTS (SELECT 1 FROM user_role_assignments held JOIN user_roles whole ON whole.id = held.role_id ' +
  "WHERE held.user_id = user.id AND whole.root = 'global')";

/** Those who can do everything everywhere, and give it to others: without one of them nobody ever could again. */
@Injectable()
export class Administrators {
  constructor(private readonly work: UnitOfWork) {}

  /**
   * Carries out, in the open unit of work, what may take the last one away, and refuses it if it does. Acts of this kind wait for each
   * other: two who demote each other at once do not both succeed.
   */
  async keepOne<T>(act: () => Promise<T>): Promise<T> {
    const lock = this.work.forUpdate;
    await this.work.repository(User).find({ where: { globalAccess: true }, select: { id: true }, order: { id: 'ASC' }, lock });
    const had = await this.exist();
    const result = await act();
    if (had && !(await this.exist())) throw new LastAdministrator();
    return result;
  }

  private exist(): Promise<boolean> {
    return this.work
      .repository(User)
      .createQueryBuilder('user')
      .where({ enabled: true, globalAccess: true, passwordHash: Not(IsNull()) })
      .andWhere(HOLDS_EVERYTHING)
      .getExists();
  }
}
