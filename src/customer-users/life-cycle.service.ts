import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { Changing } from './changing.js';
import { CustomerUserViews } from './customer-user-views.js';
import type { CustomerUserView } from './customer-users.dto.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { Editing } from './editing.js';

/** The acts that change whether a customer user may come in. */
@Injectable()
export class LifeCycle {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly editing: Editing,
    private readonly changing: Changing,
  ) {}

  enable(id: number): Promise<CustomerUserView> {
    return this.switch(id, true);
  }

  disable(id: number): Promise<CustomerUserView> {
    return this.switch(id, false);
  }

  private switch(id: number, enabled: boolean): Promise<CustomerUserView> {
    return this.work.run(async () => {
      const person = await this.people.getForChange(id, CustomerUserPermission.edit);
      if (person.enabled === enabled) return this.views.of(person);
      const before = await this.changing.recorded(person);
      await this.editing.apply(person, before, { change: { enabled } });
      return this.views.of(await this.changing.save(before, person));
    });
  }
}
