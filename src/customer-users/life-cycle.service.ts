import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../organizations/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { AccountInvitations } from './accounts/account-invitations.js';
import { Changing } from './changing.js';
import { CustomerAdministrators } from './roles/customer-administrators.js';
import type { RecordedCustomerUser } from './customer-user-history.js';
import type { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserChange } from './customer-users.dto.js';
import { AlreadyConfirmed, DisabledRefused, GuestRefused, PasswordLoginOff } from './customer-users.errors.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { Editing } from './editing.js';
import { LinkTokens } from './accounts/link-tokens.js';
import { refuseSelf } from './self.js';

/** A customer user after an act, and whether it changed anything. */
export interface Acted {
  readonly person: CustomerUser;
  readonly changed: boolean;
}

/** The acts on customer users that are more than an edit. */
@Injectable()
export class LifeCycle {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly administrators: CustomerAdministrators,
    private readonly editing: Editing,
    private readonly changing: Changing,
    private readonly links: LinkTokens,
    private readonly invitations: AccountInvitations,
    private readonly settings: Settings,
    private readonly context: CurrentContext,
  ) {}

  /** Throws `InvalidInput` for one without a role. */
  enable(id: number): Promise<Acted> {
    return this.edit(id, () => ({ enabled: true }));
  }

  disable(id: number): Promise<Acted> {
    return this.edit(id, () => ({ enabled: false }));
  }

  /** Beside those that he has. */
  assignRoles(id: number, roleIds: readonly number[]): Promise<Acted> {
    return this.edit(id, (before) => ({ roleIds: [...new Set([...before.roleIds, ...roleIds])] }));
  }

  /** Throws `InvalidInput` where it would leave somebody enabled without a role. */
  removeRoles(id: number, roleIds: readonly number[]): Promise<Acted> {
    return this.edit(id, (before) => ({ roleIds: before.roleIds.filter((held) => !roleIds.includes(held)) }));
  }

  /** In place of the person, who gets the welcome that waited for it. */
  confirm(id: number): Promise<Acted> {
    return this.act(id, async (person, before) => {
      refuseConfirmed(person);
      const saved = await this.changing.save(before, Object.assign(person, { confirmed: true }));
      await this.links.end(id, ['confirm-email']);
      if (saved.enabled) await this.invitations.toLogIn(saved, 'confirmed');
      return saved;
    });
  }

  /** Mails another link to confirm the email address; the ones before are over. */
  resendConfirmation(id: number): Promise<Acted> {
    return this.act(id, async (person) => {
      refuseConfirmed(person);
      await this.invitations.toConfirm(person);
      return person;
    });
  }

  /** Nobody comes in with the present password any more: a link to set a new one is mailed. */
  resetPassword(id: number): Promise<Acted> {
    return this.act(id, async (person, before) => {
      if (person.guest) throw new GuestRefused();
      if (!person.enabled) throw new DisabledRefused();
      if (!(await this.settings.get(settings.passwordLogin, person))) throw new PasswordLoginOff();
      const reset = { passwordStatus: 'reset', credentialEpoch: person.credentialEpoch + 1 } as const;
      const saved = await this.changing.save(before, Object.assign(person, reset));
      await this.invitations.toReplaceReset(saved);
      return saved;
    });
  }

  private edit(id: number, changeOf: (before: RecordedCustomerUser) => CustomerUserChange): Promise<Acted> {
    return this.act(id, async (person, before) => {
      const belongings = await this.editing.apply(person, before, { change: changeOf(before) });
      return this.changing.save(before, person, belongings);
    });
  }

  private act(id: number, act: (person: CustomerUser, before: RecordedCustomerUser) => Promise<CustomerUser>): Promise<Acted> {
    return this.work.run(() =>
      this.administrators.keepOneBeside(id, async () => {
        const found = await this.people.getForChange(id, CustomerUserPermission.edit);
        refuseSelf(this.context.principal(), id);
        const before = await this.changing.recorded(found);
        const person = await act(found, before);
        return { person, changed: person.version !== before.version };
      }),
    );
  }
}

function refuseConfirmed({ guest, confirmed }: CustomerUser): void {
  if (guest) throw new GuestRefused();
  if (confirmed) throw new AlreadyConfirmed();
}
