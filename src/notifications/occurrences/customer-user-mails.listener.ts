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
} from '../../customer-users/index.js';
import { type Setting, Settings, settings } from '../../organizations/index.js';
import { ListensTo, ListensToAll } from '../../platform/events/index.js';
import type { EventName } from './events.js';
import { Notifier } from '../notifier.js';
import { Occurrences, type Person } from './occurrences.js';

type Page = Parameters<AccountLinks['to']>[0];

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

  @ListensToAll(CustomerUserCreated)
  async created(events: readonly CustomerUserCreated[]): Promise<void> {
    await this.tellAll('customer_user.created', events);
  }

  @ListensToAll(CustomerUserInvited)
  async invited(events: readonly CustomerUserInvited[]): Promise<void> {
    const linked = this.linkedAll('set-password', settings.setPasswordHours);
    await this.tellAll('customer_user.invited', events, ({ setPasswordToken }, to) => linked(setPasswordToken, to));
  }

  @ListensTo(CustomerUserWelcomed)
  async welcomed(event: CustomerUserWelcomed): Promise<void> {
    const confirmed = event.occasion === 'confirmed';
    await this.tell('customer_user.welcomed', event, async (to) => ({ link: await this.links.toLogin(to), confirmed }));
  }

  @ListensToAll(CustomerUserConfirmationRequested)
  async confirmationRequested(events: readonly CustomerUserConfirmationRequested[]): Promise<void> {
    const linked = this.linkedAll('confirm', settings.confirmEmailHours);
    await this.tellAll('customer_user.confirmation_requested', events, ({ token }, to) => linked(token, to));
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
    await this.tell('customer_user.email_changed', event, async (to) => ({
      ...{ email: oldEmail, oldEmail, newEmail },
      link: await this.links.toLogin(to),
    }));
  }

  private linked(page: Page, token: string, hours: Setting<number>, to: Person) {
    return this.linkedAll(page, hours)(token, to);
  }

  /** For links to one page, with one look at the settings of each website. */
  private linkedAll(page: Page, hours: Setting<number>) {
    const known = new Map<number, Promise<(token: string) => { link: string; validHours: number }>>();
    const read = async (to: Person) => {
      const link = await this.links.leadingTo(page, to);
      const validHours = await this.settings.get(hours, to);
      return (token: string) => ({ link: link(token), validHours });
    };
    return async (token: string, to: Person) => {
      const ofWebsite = known.get(to.websiteId) ?? read(to);
      known.set(to.websiteId, ofWebsite);
      return (await ofWebsite)(token);
    };
  }

  private tell(event: EventName, of: OfPerson, facts?: (to: Person) => Promise<object>): Promise<void> {
    return this.tellAll(event, [of], facts && ((_event, to) => facts(to)));
  }

  /** All of them are of one organization. */
  private async tellAll<E extends OfPerson>(
    event: EventName,
    events: readonly E[],
    facts?: (event: E, to: Person) => Promise<object>,
  ): Promise<void> {
    const [first] = events;
    if (!first) return;
    await this.notifier.notifyAll(first.organizationId, [event], async () => {
      const people = await this.occurrences.people(events.map(({ customerUserId }) => customerUserId));
      return events.map((one) => {
        const { customerUserId, organizationId } = one;
        const known = Promise.resolve(people.get(customerUserId));
        return this.occurrences.ofCustomerUser({ event, customerUserId, organizationId }, facts && ((to) => facts(one, to)), known);
      });
    });
  }
}
