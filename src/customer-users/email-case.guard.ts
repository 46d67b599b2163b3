import { Injectable } from '@nestjs/common';
import { SettingGuard, settings } from '../organizations/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { MemberConflict } from '../platform/errors/index.js';
import { CustomerUser } from './customer-user.entity.js';

const NAMED = 10;

class EmailsDifferByCase extends MemberConflict {
  constructor(emails: readonly string[]) {
    const detail = `These email addresses differ by case alone; change all but one of each first: ${emails.join(', ')}.`;
    super('/value', 'customer_users.emails_differ_by_case', detail);
  }
}

/** Email addresses can only become the same in any case while no two differ by case alone; what is unique of each follows. */
@Injectable()
export class EmailCaseGuard extends SettingGuard<boolean> {
  readonly setting = settings.caseInsensitiveEmail;

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async follow(caseInsensitive: boolean, organizationId: number): Promise<void> {
    if (caseInsensitive) await this.refuseDuplicates(organizationId);
    // Nobody's address changes, so nobody's version does.
    await this.people()
      .update()
      .set({ uniqueEmail: () => (caseInsensitive ? 'email_lower' : 'email'), version: () => 'version' })
      .where({ organizationId, guest: false })
      .execute();
  }

  private async refuseDuplicates(organizationId: number): Promise<void> {
    const rows = await this.people()
      .select('person.emailLower', 'email')
      .where('person.organizationId = :organizationId AND person.guest = :guest', { organizationId, guest: false })
      .groupBy('person.emailLower')
      .having('COUNT(*) > 1')
      .orderBy('person.emailLower')
      .limit(NAMED)
      .getRawMany<{ email: string }>();
    if (rows.length > 0) throw new EmailsDifferByCase(rows.map(({ email }) => email));
  }

  private people() {
    return this.work.repository(CustomerUser).createQueryBuilder('person');
  }
}
