import { Injectable } from '@nestjs/common';
import { selected, UnitOfWork } from '../../platform/database/index.js';
import { fullNameOf } from '../customer-user-views.js';
import { CustomerUser } from '../customer-user.entity.js';
import { EmailChange } from './email-change.entity.js';
import type { ProfileView } from './storefront-me.dto.js';

const MEMBERS = [
  ...(['id', 'email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone'] as const),
  ...(['customerId', 'websiteId', 'preferredLocalizationId', 'lastLoginAt', 'createdAt', 'updatedAt', 'version'] as const),
] as const;

/** What a row says of others: a row for each role, or one. */
interface Beside {
  customer: string;
  website: string;
  localization: string | null;
  role: number | string | null;
  code: string;
  label: string;
}

/** A profile as it is in the database. */
export interface Profile {
  readonly view: ProfileView;
  /** From then on there is no pending email address. */
  readonly pendingUntil: Date | null;
}

/** Reads a profile, with all that is shown beside it, in one statement. Whatever table it reads has to raise `customerUserSubjects`. */
@Injectable()
export class ProfileReader {
  private readonly person;
  private readonly wanted;
  private readonly sql;

  constructor(private readonly work: UnitOfWork) {
    this.person = selected(work.manager, CustomerUser, 'person', MEMBERS);
    this.wanted = selected(work.manager, EmailChange, 'wanted', ['newEmail', 'expiresAt']);
    this.sql = `SELECT ${this.person.sql}, ${this.wanted.sql},
        customer.name AS customer, website.name AS website, localization.name AS localization, role.id AS role, role.code AS code, role.label AS label
      FROM customer_users person
      JOIN customers customer ON customer.id = person.customer_id
      JOIN websites website ON website.id = person.website_id
      LEFT JOIN localizations localization ON localization.id = person.preferred_localization_id
      LEFT JOIN email_changes wanted ON wanted.customer_user_id = person.id
      LEFT JOIN customer_user_role_assignments given ON given.customer_user_id = person.id
      LEFT JOIN customer_user_roles role ON role.id = given.role_id
      WHERE person.id = ? ORDER BY role.id`;
  }

  async find(id: number): Promise<Profile | undefined> {
    const rows = await this.work.manager.query<(Beside & Record<string, unknown>)[]>(this.sql, [id]);
    const [row] = rows;
    if (!row) return undefined;
    const person = this.person.read(row);
    const { newEmail, expiresAt } = this.wanted.read(row);
    const { preferredLocalizationId: localizationId } = person;
    const view = {
      id: person.id,
      email: person.email,
      pendingEmail: newEmail,
      namePrefix: person.namePrefix,
      firstName: person.firstName,
      middleName: person.middleName,
      lastName: person.lastName,
      nameSuffix: person.nameSuffix,
      fullName: fullNameOf(person),
      birthday: person.birthday,
      phone: person.phone,
      customer: { id: person.customerId, name: row.customer },
      website: { id: person.websiteId, name: row.website },
      preferredLocalization: localizationId === null ? null : { id: localizationId, name: row.localization ?? '' },
      roles: rows.flatMap(({ role, code, label }) => (role === null ? [] : [{ id: Number(role), code, label }])),
      lastLoginAt: person.lastLoginAt,
      createdAt: person.createdAt,
      updatedAt: person.updatedAt,
      version: person.version,
    };
    return { view, pendingUntil: expiresAt };
  }
}
