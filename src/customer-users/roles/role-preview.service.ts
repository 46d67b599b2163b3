import { Injectable } from '@nestjs/common';
import type { PermissionMatrix } from '../../platform/context/index.js';
import { CustomerUserRoles, RoleEditing } from '../../roles/index.js';
import { fullNameOf } from '../customer-user-views.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { changesBetween, type RightChange } from './right-changes.js';
import type { PreviewedPerson, PreviewQuery, RightChangeCount, RolePreviewView } from './role-preview.dto.js';

const MOST_SHOWN = 100;

/** The roles of somebody, by id and in order: all who have the same gain and lose the same. */
const ROLE_IDS =
  '(SELECT GROUP_CONCAT(held.role_id ORDER BY held.role_id) FROM customer_user_role_assignments held WHERE held.customer_user_id = person.id)';

const HAS_ROLE =
  'EXISTS (SELECT 1 FROM customer_user_role_assignments asked WHERE asked.customer_user_id = person.id AND asked.role_id = :askedRole)';

interface Combination {
  roleIds: string;
  count: number;
  gains: RightChange[];
  losses: RightChange[];
}

/** What a role's people would gain and lose by another matrix. Nothing is saved. */
@Injectable()
export class RolePreview {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly roles: CustomerUserRoles,
    private readonly editing: RoleEditing,
  ) {}

  /** Throws what putting the matrix would. */
  async of(roleId: number, matrix: PermissionMatrix, { limit = MOST_SHOWN, after = 0 }: PreviewQuery): Promise<RolePreviewView> {
    const { organizationId, rights } = await this.editing.foresee(roleId, matrix);
    const combinations = await this.combinations(organizationId, roleId, rights);
    const touched = combinations.filter(({ gains, losses }) => gains.length + losses.length > 0);
    const count = (some: readonly Combination[]) => some.reduce((sum, one) => sum + one.count, 0);
    const total = count(combinations);
    const shown = await this.shown(roleId, touched, limit + 1, after);
    return {
      counts: {
        total,
        gaining: count(touched.filter(({ gains }) => gains.length > 0)),
        losing: count(touched.filter(({ losses }) => losses.length > 0)),
        unchanged: total - count(touched),
      },
      gains: countsOf(touched, ({ gains }) => gains),
      losses: countsOf(touched, ({ losses }) => losses),
      customerUsers: shown.slice(0, limit),
      next: shown.length > limit ? (shown[limit - 1]?.id ?? null) : null,
    };
  }

  private async combinations(organizationId: number, roleId: number, changed: PermissionMatrix): Promise<Combination[]> {
    const rows = await this.holders(roleId)
      .select(ROLE_IDS, 'roleIds')
      .addSelect('COUNT(*)', 'count')
      .groupBy('roleIds')
      .getRawMany<{ roleIds: string; count: number | string }>();
    const idsOf = (roleIds: string) => String(roleIds).split(',').map(Number);
    const known = await this.roles.findAll(organizationId, [...new Set(rows.flatMap(({ roleIds }) => idsOf(roleIds)))]);
    const rightsOf = new Map(known.map((role) => [role.id, role.rights]));
    return rows.map(({ roleIds, count }) => {
      const others = idsOf(roleIds).flatMap((id) => (id === roleId ? [] : (rightsOf.get(id) ?? [])));
      const now = rightsOf.get(roleId);
      return {
        roleIds: String(roleIds),
        count: Number(count),
        ...changesBetween(now ? [...others, now] : others, [...others, changed]),
      };
    });
  }

  private async shown(roleId: number, touched: readonly Combination[], limit: number, after: number): Promise<PreviewedPerson[]> {
    if (touched.length === 0) return [];
    const { entities, raw } = await this.holders(roleId)
      .addSelect(ROLE_IDS, 'roleIds')
      .andWhere(`${ROLE_IDS} IN (:...touched)`, { touched: touched.map(({ roleIds }) => roleIds) })
      .andWhere('person.id > :after', { after })
      .orderBy('person.id')
      .limit(limit)
      .getRawAndEntities<{ roleIds: string }>();
    const byRoles = new Map(touched.map((combination) => [combination.roleIds, combination]));
    return entities.map((person, index) => {
      const { gains = [], losses = [] } = byRoles.get(String(raw[index]?.roleIds)) ?? {};
      const { id, email, customerId } = person;
      return { id, fullName: fullNameOf(person), email, customerId, gains, losses };
    });
  }

  private holders(roleId: number) {
    return this.people.reached(CustomerUserPermission.view).andWhere(HAS_ROLE, { askedRole: roleId });
  }
}

function countsOf(combinations: readonly Combination[], of: (combination: Combination) => readonly RightChange[]): RightChangeCount[] {
  const counts = new Map<string, RightChangeCount>();
  for (const combination of combinations)
    for (const change of of(combination)) {
      const key = Object.values(change).join(' ');
      const counted = counts.get(key) ?? { ...change, customerUsers: 0 };
      counts.set(key, { ...counted, customerUsers: counted.customerUsers + combination.count });
    }
  return [...counts.values()];
}
