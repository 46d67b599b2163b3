import { Injectable } from '@nestjs/common';
import { type EntityPermission, PermissionCatalog } from '../../platform/authorization/index.js';
import { type Level, reaches, Rights } from '../../platform/context/index.js';
import { InvalidInput } from '../../platform/errors/index.js';
import { CustomerUserRoles, type GivenRole } from '../../roles/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import type { ExplainQuery, ExplanationView, GrantingRole } from './effective-permissions.dto.js';
import { type ExplainedRecord, ExplainedTargets } from './explained-targets.js';
import { LEAST_LEVEL } from '../relations.js';

/** Roles that are named as those that would give what is missing. */
const MOST_NAMED = 10;

/** What can be held: an entity's action at one of these levels, or a capability. */
type Known = { permission: EntityPermission; levels: readonly Level[] } | { capability: string };

/** Why a customer user may do something, or why not. */
@Injectable()
export class Explanations {
  constructor(
    private readonly catalog: PermissionCatalog,
    private readonly roles: CustomerUserRoles,
    private readonly targets: ExplainedTargets,
  ) {}

  /** `null` where nothing is asked. Throws `InvalidInput`. */
  async of(person: CustomerUser, held: readonly GivenRole[], query: ExplainQuery): Promise<ExplanationView | null> {
    const { explain } = query;
    const target = await this.targets.of(person, query);
    if (explain === undefined) return null;
    const known = this.known(explain);
    if (!known) {
      const detail = `There is no permission ${explain}.`;
      throw new InvalidInput([{ pointer: 'explain', code: 'permissions.unknown_permission', detail }]);
    }
    const rights = new Rights(held.map((role) => role.rights));
    const needed = neededFor(known, target);
    const rule = target && 'permission' in known ? ruleAgainst(known.permission, target, needed) : null;
    const granted = rule === null && needed !== undefined && holds(rights, explain, needed);
    return {
      permission: explain,
      granted,
      level: heldOf(rights, known, explain),
      roles: this.granting(held, known, explain),
      target: target && { ...target.shown },
      rule,
      missing: granted || rule !== null || needed === undefined ? null : await this.missing(person, known, explain, needed),
    };
  }

  private known(name: string): Known | undefined {
    if (this.catalog.capabilities('storefront').some((capability) => capability.name === name)) return { capability: name };
    for (const entry of this.catalog.entities('storefront')) {
      const permission = entry.permissions.find((candidate) => candidate.name === name);
      if (permission) return { permission, levels: (entry.levels.storefront ?? []).filter((level) => level !== 'none') };
    }
    return undefined;
  }

  /** Those that give any of it, the one that reaches furthest first. */
  private granting(roles: readonly GivenRole[], known: Known, name: string): GrantingRole[] {
    return roles
      .map((role) => ({ role, rights: new Rights([role.rights]) }))
      .filter(({ rights }) => rights.holds(name))
      .sort(furthestFirst(name))
      .map(({ role: { id, code, label }, rights }) => ({ id, code, label, level: heldOf(rights, known, name) }));
  }

  private async missing(person: CustomerUser, known: Known, permission: string, level: Level | true) {
    const givable = await this.roles.forCustomer(person.organizationId, person.customerId);
    const enough = givable.filter((role) => holds(new Rights([role.rights]), permission, level));
    return { permission, level, roles: this.granting(enough.toReversed(), known, permission).reverse().slice(0, MOST_NAMED) };
  }
}

/** The least that reaches the target, or anything where there is none; `undefined` where nothing does. */
function neededFor(known: Known, target: ExplainedRecord | null): Level | true | undefined {
  if ('capability' in known) return true;
  if (!target) return known.levels[0];
  const least = LEAST_LEVEL[target.shown.relation];
  return least && known.levels.find((level) => reaches(level, least));
}

function ruleAgainst({ entity, action }: EntityPermission, { shown, isGuest }: ExplainedRecord, needed: Level | true | undefined) {
  if (needed === undefined) return 'out_of_reach';
  if (isGuest) return 'guest';
  const isAct = entity === 'customer_user' && (action === 'edit' || action === 'delete');
  return isAct && shown.relation === 'self' ? 'self' : null;
}

/** By how far rights reach with a permission; where that is as far, in the order that they are in. */
const furthestFirst =
  (name: string) =>
  ({ rights: one }: { rights: Rights }, { rights: other }: { rights: Rights }): number =>
    Number(other.allows(name, one.level(name))) - Number(one.allows(name, other.level(name)));

const holds = (rights: Rights, name: string, needed: Level | true): boolean =>
  needed === true ? rights.holds(name) : reaches(rights.level(name), needed);

const heldOf = (rights: Rights, known: Known, name: string): Level | boolean =>
  'capability' in known ? rights.holds(name) : rights.level(name);
