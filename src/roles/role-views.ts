import { Injectable } from '@nestjs/common';
import type { CustomerUserRole } from './customer-user-role.entity.js';
import type { RoleView } from './roles.dto.js';
import { RolesRepository } from './roles.repository.js';

/** Roles as clients see them. */
@Injectable()
export class RoleViews {
  constructor(private readonly roles: RolesRepository) {}

  async of(row: CustomerUserRole): Promise<RoleView> {
    const [view] = await this.ofAll([row]);
    return view as RoleView;
  }

  async ofAll(rows: readonly CustomerUserRole[]): Promise<RoleView[]> {
    const counts = await this.roles.counts(rows.map(({ id }) => id));
    return rows.map((row) => ({
      ...{ id: row.id, organizationId: row.organizationId, code: row.code, label: row.label, customerId: row.customerId },
      ...{ selfManaged: row.selfManaged, public: row.public, userCount: counts.get(row.id) ?? 0 },
      ...{ createdAt: row.createdAt, updatedAt: row.updatedAt, version: row.version },
    }));
  }
}
