import { Injectable } from '@nestjs/common';
import { type Level, type PermissionMatrix, reaches, type Side } from '../context/index.js';
import { Contributions } from '../contributions/index.js';
import { InvalidInput, type MemberFault } from '../errors/index.js';
import { Capability, EntityPermissions } from './permissions.js';

/** Every entity, action, level and capability that the modules define. */
@Injectable()
export class PermissionCatalog {
  constructor(private readonly contributions: Contributions) {}

  entities(side: Side): EntityPermissions[] {
    return this.contributions.instancesOf(EntityPermissions).filter((entry) => entry.levels[side] !== undefined);
  }

  capabilities(side: Side): Capability[] {
    return this.contributions.instancesOf(Capability).filter((entry) => entry.sides.includes(side));
  }

  /** The names that a token's scope may carry on a side. */
  scopes(side: Side): Set<string> {
    const permissions = this.entities(side).flatMap((entry) => entry.permissions.map(({ name }) => name));
    return new Set([...permissions, ...this.capabilities(side).map(({ name }) => name)]);
  }

  /** A matrix with every entity at `level`, or at the highest below it that the entity offers, and every capability `on` or off. */
  matrix(side: Side, level: Level, on: boolean): PermissionMatrix {
    const highest = (offered: readonly Level[] = []) => offered.filter((candidate) => reaches(level, candidate)).at(-1) ?? 'none';
    return {
      permissions: Object.fromEntries(
        this.entities(side).map((entry) => [
          entry.entity,
          Object.fromEntries(entry.permissions.map(({ action }) => [action, highest(entry.levels[side])])),
        ]),
      ),
      capabilities: Object.fromEntries(this.capabilities(side).map(({ name }) => [name, on])),
    };
  }

  /** Refuses a matrix that names an entity, action, level or capability which the catalog of that side does not have. */
  refuseUnknown(side: Side, matrix: PermissionMatrix, pointer = ''): void {
    const faults: MemberFault[] = [];
    const fault = (path: string, code: string, detail: string) => faults.push({ pointer: `${pointer}${path}`, code, detail });
    const entities = new Map(this.entities(side).map((entry) => [entry.entity, entry]));
    for (const [entity, actions] of Object.entries(matrix.permissions)) {
      const known = entities.get(entity);
      if (!known) fault(`/permissions/${entity}`, 'permissions.unknown_entity', `There is no entity ${entity}.`);
      else
        for (const [action, level] of Object.entries(actions)) {
          const path = `/permissions/${entity}/${action}`;
          if (!known.permissions.some((permission) => permission.action === action))
            fault(path, 'permissions.unknown_action', `${entity} has no action ${action}.`);
          else if (!known.levels[side]?.includes(level))
            fault(path, 'permissions.unknown_level', `${entity} offers no level ${String(level)}.`);
        }
    }
    const capabilities = new Set(this.capabilities(side).map(({ name }) => name));
    for (const name of Object.keys(matrix.capabilities))
      if (!capabilities.has(name)) fault(`/capabilities/${name}`, 'permissions.unknown_capability', `There is no capability ${name}.`);
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}
