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

  /** What a stored matrix would allow and the catalog of that side does not have. */
  unknownIn(side: Side, { permissions, capabilities }: PermissionMatrix): string[] {
    const offered = new Map(this.entities(side).flatMap((entry) => entry.permissions.map(({ name }) => [name, entry.levels[side] ?? []])));
    const switches = new Set(this.capabilities(side).map(({ name }) => name));
    const levels = Object.entries(permissions).flatMap(([entity, actions]) =>
      Object.entries(actions).flatMap(([action, level]) => {
        const name = `${entity}:${action}`;
        if (level === 'none' || offered.get(name)?.includes(level)) return [];
        return [offered.has(name) ? `${name} at ${level}` : name];
      }),
    );
    return [...levels, ...Object.entries(capabilities).flatMap(([name, on]) => (on && !switches.has(name) ? [name] : []))];
  }

  /** Refuses a matrix, as a client sent it, that names an entity, action, level or capability which the catalog of that side does not have. */
  refuseUnknown(side: Side, matrix: PermissionMatrix): void {
    const entities = new Map(this.entities(side).map((entry) => [entry.entity, entry]));
    const capabilities = new Set(this.capabilities(side).map(({ name }) => name));
    const faults = [
      ...Object.entries(matrix.permissions).flatMap(([entity, actions]) => entityFaults(side, entities.get(entity), entity, actions)),
      ...Object.entries(matrix.capabilities).flatMap(([name, on]) => capabilityFaults(capabilities.has(name), name, on)),
    ];
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}

function entityFaults(side: Side, known: EntityPermissions | undefined, entity: string, actions: unknown): MemberFault[] {
  const path = pointer('permissions', entity);
  if (!known) return [{ pointer: path, code: 'permissions.unknown_entity', detail: `There is no entity ${entity}.` }];
  if (typeof actions !== 'object' || actions === null || Array.isArray(actions))
    return [{ pointer: path, code: 'not_an_object', detail: `${entity} must be an object: a level per action.` }];
  return Object.entries(actions).flatMap(([action, level]: [string, unknown]) => {
    const at = pointer('permissions', entity, action);
    if (!known.permissions.some((permission) => permission.action === action))
      return [{ pointer: at, code: 'permissions.unknown_action', detail: `${entity} has no action ${action}.` }];
    const levels = known.levels[side] ?? [];
    if (levels.some((offered) => offered === level)) return [];
    return [{ pointer: at, code: 'permissions.unknown_level', detail: `${entity} offers the levels ${levels.join(', ')}.` }];
  });
}

function capabilityFaults(known: boolean, name: string, on: unknown): MemberFault[] {
  const at = pointer('capabilities', name);
  if (!known) return [{ pointer: at, code: 'permissions.unknown_capability', detail: `There is no capability ${name}.` }];
  return typeof on === 'boolean' ? [] : [{ pointer: at, code: 'not_a_boolean', detail: `${name} must be true or false.` }];
}

const pointer = (...members: string[]) => members.map((member) => `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
