import { Injectable } from '@nestjs/common';
import {
  AccountLinks,
  CustomerUserConfirmationRequested,
  CustomerUserCreated,
  CustomerUserEmailChangeAgreed,
  CustomerUserEmailChanged,
  CustomerUserEmailChangeRequested,
  CustomerUserInvited,
  CustomerUserPasswordForgotten,
  CustomerUserPasswordResetForced,
  CustomerUserRegisteredAgain,
  CustomerUserWelcomed,
} from '../customer-users/index.js';
import { type Setting, Settings, settings } from '../organizations/index.js';
import { ListensTo } from '../platform/events/index.js';
import type { EventName } from './events.js';
import { Notifier } from './notifier.js';
import { Occurrences, type Person } from './occurrences.js';

interface OfPerson {
  readonly customerUserId: number;
  readonly organizationId: number;
}

/** Tells rules what concerns customer users and their accounts: welcomes, links, warnings. */
@Injectable()
export class CustomerUserMails {
  constructor(
    private readonly notifier: Notifier,
    private readonly occurrences: Occurrences,
    private readonly settings: Settings,
    private readonly links: AccountLinks,
  ) {}

  @ListensTo(CustomerUserCreated)
  async created(event: CustomerUserCreated): Promise<void> {
    await this.tell('customer_user.created', event);
  }

  @ListensTo(CustomerUserInvited)
  async invited(event: CustomerUserInvited): Promise<void> {
    await this.tell('customer_user.invited', event, (to) =>
      this.linked('set-password', event.setPasswordToken, settings.setPasswordHours, to),
    );
  }

  @ListensTo(CustomerUserWelcomed)
  async welcomed(event: CustomerUserWelcomed): Promise<void> {
    const confirmed = event.occasion === 'confirmed';
    await this.tell('customer_user.welcomed', event, async (to) => ({ link: await this.links.toLogin(to), confirmed }));
  }

  @ListensTo(CustomerUserConfirmationRequested)
  async confirmationRequested(event: CustomerUserConfirmationRequested): Promise<void> {
    await this.tell('customer_user.confirmation_requested', event, (to) =>
      this.linked('confirm', event.token, settings.confirmEmailHours, to),
    );
  }

  @ListensTo(CustomerUserPasswordForgotten)
  async passwordForgotten(event: CustomerUserPasswordForgotten): Promise<void> {
    await this.tell('customer_user.password_forgotten', event, (to) =>
      this.linked('set-password', event.token, settings.resetPasswordHours, to),
    );
  }

  @ListensTo(CustomerUserPasswordResetForced)
  async passwordResetForced(event: CustomerUserPasswordResetForced): Promise<void> {
    await this.tell('customer_user.password_reset_forced', event, (to) =>
      this.linked('set-password', event.token, settings.resetPasswordHours, to),
    );
  }

  @ListensTo(CustomerUserRegisteredAgain)
  async registeredAgain(event: CustomerUserRegisteredAgain): Promise<void> {
    await this.tell('customer_user.registered_again', event, async (to) => ({ link: await this.links.toLogin(to) }));
  }

  @ListensTo(CustomerUserEmailChangeRequested)
  async emailChangeRequested(event: CustomerUserEmailChangeRequested): Promise<void> {
    await this.tell('customer_user.email_change_requested', event, async (to) => ({
      newEmail: event.newEmail,
      ...(await this.linked('change-email', event.token, settings.changeEmailHours, to)),
    }));
  }

  @ListensTo(CustomerUserEmailChangeAgreed)
  async emailChangeAgreed(event: CustomerUserEmailChangeAgreed): Promise<void> {
    await this.tell('customer_user.email_change_agreed', event, async (to) => ({
      ...{ email: event.newEmail, newEmail: event.newEmail },
      ...(await this.linked('change-email', event.token, settings.changeEmailHours, to)),
    }));
  }

  @ListensTo(CustomerUserEmailChanged)
  async emailChanged(event: CustomerUserEmailChanged): Promise<void> {
    const { oldEmail, newEmail } = event;
    await this.tell('customer_user.email_changed', event, () => Promise.resolve({ email: oldEmail, oldEmail, newEmail }));
  }

  private async linked(page: Parameters<AccountLinks['to']>[0], token: string, hours: Setting<number>, to: Person) {
    return { link: await this.links.to(page, token, to), validHours: await this.settings.get(hours, to) };
  }

  private async tell(
    event: EventName,
    { customerUserId, organizationId }: OfPerson,
    facts?: (to: Person) => Promise<object>,
  ): Promise<void> {
    await this.notifier.notify(this.occurrences.ofCustomerUser({ event, customerUserId, organizationId }, facts));
  }
}
