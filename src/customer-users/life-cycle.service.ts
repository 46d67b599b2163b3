import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { AccountInvitations } from './account-invitations.js';
import { Changing } from './changing.js';
import { CustomerUserViews } from './customer-user-views.js';
import type { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserView } from './customer-users.dto.js';
import { AlreadyConfirmed, DisabledRefused, GuestRefused } from './customer-users.errors.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { Editing } from './editing.js';
import { LinkTokens } from './link-tokens.js';
import { refuseSelf } from './self.js';

/** The acts that change whether a customer user may come in. Each answers him as he then is. */
@Injectable()
export class LifeCycle {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly editing: Editing,
    private readonly changing: Changing,
    private readonly links: LinkTokens,
    private readonly invitations: AccountInvitations,
    private readonly context: CurrentContext,
  ) {}

  /** Throws `InvalidInput` for one without a role. */
  enable(id: number): Promise<CustomerUserView> {
    return this.act(id, (person) => this.switch(person, true));
  }

  disable(id: number): Promise<CustomerUserView> {
    return this.act(id, (person) => this.switch(person, false));
  }

  /** In place of the person, who gets the welcome that waited for it. */
  confirm(id: number): Promise<CustomerUserView> {
    return this.act(id, async (person) => {
      refuseConfirmed(person);
      const before = await this.changing.recorded(person);
      const saved = await this.changing.save(before, Object.assign(person, { confirmed: true }));
      await this.links.end(id, ['confirm-email']);
      if (saved.enabled) await this.invitations.toLogIn(saved, 'confirmed');
      return saved;
    });
  }

  /** Mails another link to confirm the email address; the ones before are over. */
  resendConfirmation(id: number): Promise<CustomerUserView> {
    return this.act(id, async (person) => {
      refuseConfirmed(person);
      await this.invitations.toConfirm(person);
      return person;
    });
  }

  /** Nobody comes in with the present password any more: a link to set a new one is mailed. */
  resetPassword(id: number): Promise<CustomerUserView> {
    return this.act(id, async (person) => {
      refuseSelf(this.context.principal(), id);
      if (person.guest) throw new GuestRefused();
      if (!person.enabled) throw new DisabledRefused();
      const before = await this.changing.recorded(person);
      const reset = { passwordStatus: 'reset', credentialEpoch: person.credentialEpoch + 1 } as const;
      const saved = await this.changing.save(before, Object.assign(person, reset));
      await this.invitations.toReplaceReset(saved);
      return saved;
    });
  }

  private act(id: number, act: (person: CustomerUser) => Promise<CustomerUser>): Promise<CustomerUserView> {
    return this.work.run(async () => this.views.of(await act(await this.people.getForChange(id, CustomerUserPermission.edit))));
  }

  private async switch(person: CustomerUser, enabled: boolean): Promise<CustomerUser> {
    const before = await this.changing.recorded(person);
    await this.editing.apply(person, before, { change: { enabled } });
    return this.changing.save(before, person);
  }
}

function refuseConfirmed({ guest, confirmed }: CustomerUser): void {
  if (guest) throw new GuestRefused();
  if (confirmed) throw new AlreadyConfirmed();
}
