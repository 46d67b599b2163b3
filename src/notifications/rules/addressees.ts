import { Injectable } from '@nestjs/common';
import { Users } from '../../users/index.js';
import type { Recipient } from './default-rules.js';
import type { Addressee, Occurrence } from '../occurrences/occurrence.js';

/** Whom one recipient of a rule stands for: or why for nobody. */
export type Reached = { readonly recipient: Recipient; readonly to: readonly Addressee[]; readonly reason: string | null };

/** Finds the people for whom the recipients of rules stand. */
@Injectable()
export class Addressees {
  constructor(private readonly users: Users) {}

  async find(recipient: Recipient, occurrence: Occurrence): Promise<Reached> {
    const to = await this.standingFor(recipient, occurrence);
    return { recipient, to, reason: to.length > 0 ? null : reasonOf(recipient) };
  }

  private async standingFor(recipient: Recipient, occurrence: Occurrence): Promise<readonly Addressee[]> {
    switch (recipient.type) {
      case 'address':
        return recipient.address === undefined ? [] : [{ name: null, address: recipient.address }];
      case 'user':
        return this.user(recipient.userId, occurrence.parts.organizationId);
      case 'customer-user':
        return listOf(await occurrence.person());
      case 'owner':
        return listOf(await occurrence.owner());
      case 'sales-representatives':
        return somebodies(await occurrence.valueAt('salesRepresentatives'));
      case 'path':
        return this.atPath(recipient.path ?? '', occurrence);
    }
  }

  private async user(id: number | undefined, organizationId: number): Promise<readonly Addressee[]> {
    const users = await this.users.addressees(organizationId, id === undefined ? [] : [id]);
    return [...users.values()].map(addresseeOf);
  }

  /** An address of the event itself, such as a new one, is the person's whom it is about, and he reads his language there. */
  private async atPath(path: string, occurrence: Occurrence): Promise<readonly Addressee[]> {
    const value = await occurrence.valueAt(path);
    if (typeof value !== 'string' || value === '') return somebodies(value);
    const person = path.includes('.') ? undefined : await occurrence.person();
    return [{ ...(person ?? { name: null }), address: value }];
  }
}

const listOf = (one: Addressee | undefined): readonly Addressee[] => (one ? [one] : []);

interface Somebody {
  id?: unknown;
  fullName?: unknown;
  email: string;
}

const isSomebody = (value: unknown): value is Somebody =>
  typeof value === 'object' && value !== null && 'email' in value && typeof value.email === 'string' && value.email !== '';

function somebodies(value: unknown): readonly Addressee[] {
  return [value]
    .flat()
    .filter(isSomebody)
    .map(({ fullName, email }) => ({ name: typeof fullName === 'string' ? fullName : null, address: email }));
}

export const addresseeOf = ({ id, fullName, email }: { id: number; fullName: string; email: string }): Addressee => ({
  ...{ name: fullName, address: email, userId: id },
});

function reasonOf({ type, path, userId }: Recipient): string {
  switch (type) {
    case 'user':
      return `There is no enabled user ${userId}.`;
    case 'sales-representatives':
      return 'There are no sales representatives.';
    case 'path':
      return `${path} leads to no email address.`;
    default:
      return `There is no ${type} with an email address.`;
  }
}
