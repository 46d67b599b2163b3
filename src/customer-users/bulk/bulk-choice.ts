import { Injectable } from '@nestjs/common';
import { InvalidInput, memberOf, type MemberFault } from '../../platform/errors/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { Listing, ListRequest } from '../../platform/listing/index.js';
import { type BulkAction, type BulkRequest, MOST_AT_ONCE } from './bulk.dto.js';
import { customerUserListing } from '../customer-users.listing.js';
import { EmailKeys } from '../lists/email-keys.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';

const ROLE_ACTIONS: readonly BulkAction[] = ['assign-roles', 'remove-roles'];

/** Whom a bulk is about. */
@Injectable()
export class BulkChoice {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly emailKeys: EmailKeys,
  ) {}

  /** The ids that the request names, or those of the customer users whom the caller sees and its filter fits. Throws `InvalidInput`. */
  async idsOf({ members, faults }: Checked<BulkRequest>, listing: Listing): Promise<readonly number[]> {
    const { request, faults: filterFaults } = requestOf(members, listing);
    const all = [...faults, ...faultsBetween(members, new Set(faults.map(memberOf))), ...filterFaults];
    if (all.length > 0) throw new InvalidInput(all);
    return members.ids ?? (request ? this.fitting(await this.emailKeys.follow(request)) : []);
  }

  private async fitting(request: ListRequest): Promise<number[]> {
    const found: number[] = [];
    for await (const rows of customerUserListing.batches(() => this.people.reached(), request, MOST_AT_ONCE + 1)) {
      found.push(...rows.map(({ id }) => id));
      if (found.length > MOST_AT_ONCE) throw await this.tooMany(request);
    }
    return found;
  }

  private async tooMany(request: ListRequest): Promise<InvalidInput> {
    const count = await customerUserListing.filtered(this.people.reached(), request).getCount();
    const detail = `The filter fits ${count} customer users; ${MOST_AT_ONCE} at most can be acted on at once.`;
    return new InvalidInput([{ pointer: '/filter', code: 'customer_users.too_many', detail }]);
  }
}

/** The rules that hold between the members of a bulk. */
function faultsBetween({ action, ids, filter, q, roleIds }: BulkRequest, unreadable: ReadonlySet<string>): MemberFault[] {
  const faults: MemberFault[] = [];
  const isSearch = filter !== undefined || q !== undefined;
  if ((ids !== undefined) === isSearch && !['ids', 'filter', 'q'].some((member) => unreadable.has(member)))
    faults.push({
      pointer: '/ids',
      code: 'customer_users.ids_or_filter',
      detail: 'Name customer users by ids, or have them found by a filter; one of the two.',
    });
  if (unreadable.has('action') || unreadable.has('roleIds')) return faults;
  const isAboutRoles = ROLE_ACTIONS.includes(action);
  const pointer = '/roleIds';
  if (isAboutRoles && (roleIds ?? []).length === 0)
    faults.push({ pointer, code: 'customer_users.role_ids_required', detail: `The action ${action} needs the roles that it is about.` });
  if (!isAboutRoles && roleIds !== undefined)
    faults.push({ pointer, code: 'customer_users.role_ids_unexpected', detail: `The action ${action} is not about roles.` });
  return faults;
}

function requestOf({ filter, q }: BulkRequest, listing: Listing): { request?: ListRequest; faults: readonly MemberFault[] } {
  if (filter === undefined && q === undefined) return { faults: [] };
  try {
    return { request: listing.parseStructured({ filter, q }), faults: [] };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { faults: error.faults };
  }
}
