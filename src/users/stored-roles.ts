import { Injectable } from '@nestjs/common';
import { type StoredRole, StoredRoles } from '../platform/authorization/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { UserRole } from './user-role.entity.js';

/** What every role of console users holds; there are few. */
@Injectable()
export class StoredUserRoles extends StoredRoles {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async *all(): AsyncIterable<readonly StoredRole[]> {
    const rows = await this.work.repository(UserRole).find({ order: { id: 'ASC' } });
    yield rows.map(({ id, label, matrix }) => ({ name: `user role ${id} (${label})`, side: 'backend', matrix }) as const);
  }
}
