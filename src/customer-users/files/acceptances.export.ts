import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { type AcceptedConsentView, acceptanceListing, ConsentLedger, ConsentPermission, type LedgerRow } from '../../consents/index.js';
import { type ExportColumn, type ExportedValue, ExportProfile } from '../../import-export/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';

interface ExportedAcceptance {
  readonly acceptance: AcceptedConsentView;
  /** None where the caller may not see him, or he is gone. */
  readonly person: CustomerUser | undefined;
}

type Member = {
  [M in keyof AcceptedConsentView]: AcceptedConsentView[M] extends string | number | null ? M : never;
}[keyof AcceptedConsentView];

const plain = (header: string, member: Member, onRequest = false): ExportColumn<ExportedAcceptance> => ({
  header,
  member,
  value: ({ acceptance }) => acceptance[member],
  onRequest,
});

const derived = (header: string, member: string, value: (row: ExportedAcceptance) => ExportedValue) => ({ header, member, value });

/** How the ledger of consents is exported: who accepted and withdrew what, as far as the caller may see it. */
@Injectable()
export class AcceptanceExport extends ExportProfile<LedgerRow, ExportedAcceptance> {
  readonly entity = 'consent-acceptances';
  readonly label = 'acceptances of consents';
  readonly view = ConsentPermission.view;
  readonly listing = acceptanceListing;
  readonly columns = [
    plain('ID', 'id'),
    plain('Consent Id', 'consentId'),
    plain('Consent', 'name'),
    plain('Version', 'version'),
    plain('Act', 'act'),
    derived('At', 'at', ({ acceptance }) => acceptance.at.toISOString()),
    plain('Customer User Id', 'customerUserId'),
    derived('Email Address', 'email', ({ person }) => person?.email ?? null),
    derived('First Name', 'firstName', ({ person }) => person?.firstName ?? null),
    derived('Last Name', 'lastName', ({ person }) => person?.lastName ?? null),
    plain('Language', 'locale'),
    plain('Channel', 'channel'),
    plain('Text Hash', 'textHash'),
    plain('Sequence', 'sequence'),
    plain('Hash', 'hash'),
    plain('Text', 'text', true),
    plain('IP Address', 'ip', true),
    plain('User Agent', 'userAgent', true),
  ];

  constructor(
    private readonly ledger: ConsentLedger,
    private readonly people: CustomerUsersRepository,
  ) {
    super();
  }

  query(): SelectQueryBuilder<LedgerRow> {
    return this.ledger.reached();
  }

  async rowsOf(entries: readonly LedgerRow[]): Promise<ExportedAcceptance[]> {
    const ids = [...new Set(entries.map(({ customerUserId }) => customerUserId))];
    const seen =
      ids.length === 0 ? [] : await this.people.reached(CustomerUserPermission.view).andWhere('person.id IN (:...ids)', { ids }).getMany();
    const people = new Map(seen.map((person) => [person.id, person]));
    const acceptances = await this.ledger.shown(entries);
    return acceptances.map((acceptance) => ({ acceptance, person: people.get(acceptance.customerUserId) }));
  }
}
