import { Injectable } from '@nestjs/common';
import { PermissionCatalog } from '../../platform/authorization/index.js';
import { type PermissionMatrix, Rights } from '../../platform/context/index.js';
import { CustomerUserRoles, RoleAssignments } from '../../roles/index.js';
import { obstacleOf } from '../acting-person.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import type { EffectivePermissionsView, ExplainQuery } from './effective-permissions.dto.js';
import { Explanations } from './explanations.js';

/** What a customer user may do, and why. */
@Injectable()
export class EffectivePermissions {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly assignments: RoleAssignments,
    private readonly roles: CustomerUserRoles,
    private readonly catalog: PermissionCatalog,
    private readonly explanations: Explanations,
  ) {}

  /** Throws `InvalidInput` for what is not in the catalog, and for a target that is not there. */
  async of(id: number, query: ExplainQuery): Promise<EffectivePermissionsView> {
    const person = await this.people.get(id);
    const held = (await this.assignments.of([id])).get(id) ?? [];
    const roles = await this.roles.findAll(
      person.organizationId,
      held.map((role) => role.id),
    );
    return {
      ...this.whole(new Rights(roles.map(({ rights }) => rights))),
      obstacle: obstacleOf(person) ?? null,
      roles: held,
      explanation: await this.explanations.of(person, roles, query),
    };
  }

  /** With what he may not do as well. */
  private whole(rights: Rights): PermissionMatrix {
    const whole = this.catalog.matrix('storefront', 'none', false);
    for (const [entity, actions] of Object.entries(whole.permissions))
      for (const action of Object.keys(actions)) actions[action] = rights.level(`${entity}:${action}`);
    for (const name of Object.keys(whole.capabilities)) whole.capabilities[name] = rights.holds(name);
    return whole;
  }
}
