import { Injectable } from '@nestjs/common';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { User } from './user.entity.js';
import { EmailTaken, UserInUse } from './users.errors.js';
import { UserPermission } from './users.permissions.js';

/** A console user's own is himself. */
@Injectable()
export class UsersRepository extends ReachedRows<User> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: User,
      alias: 'user',
      view: UserPermission.view,
      columns: { organization: 'user.organizationId', owner: 'user.id' },
    });
  }

  save(user: User): Promise<User> {
    return refusingDuplicates(this.work.manager, { uq_users_email_key: () => new EmailTaken() }, () =>
      this.work.repository(User).save(user),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(User)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new UserInUse() : error;
      });
  }
}
