import { type Level, type PermissionMatrix, Rights } from '../context/index.js';
import { DomainError, type MemberFault } from '../errors/index.js';

/** Rights that are named in a refusal; more are counted. */
const MOST_NAMED = 10;

/** A right that somebody would give, and where it stands in what he sent. */
export interface Excess {
  /** Such as `customer:edit at global`. */
  readonly right: string;
  readonly pointer: string;
}

/** Whether a right is held: a permission at this level, or a capability where no level is named. */
export type Holds = (name: string, level?: Level) => boolean;

/** What a matrix allows beyond what is held. */
export function excessOf({ permissions, capabilities }: PermissionMatrix, holds: Holds): Excess[] {
  const levels = Object.entries(permissions).flatMap(([entity, actions]) =>
    Object.entries(actions).flatMap(([action, level]) => {
      const name = `${entity}:${action}`;
      return holds(name, level) ? [] : [{ right: `${name} at ${level}`, pointer: `/permissions/${entity}/${action}` }];
    }),
  );
  const switches = Object.entries(capabilities).flatMap(([name, on]) =>
    !on || holds(name) ? [] : [{ right: name, pointer: `/capabilities/${name}` }],
  );
  return [...levels, ...switches];
}

/** What a role comes to allow beyond what is held; what it allowed before stays. */
export function excessOver(before: PermissionMatrix, given: PermissionMatrix, holds: Holds): Excess[] {
  const had = new Rights([before]);
  return excessOf(given, (name, level) => had.allows(name, level) || holds(name, level));
}

/** Somebody would give more than he holds himself. */
export class AboveOwnRights extends DomainError {
  constructor(code: string, excess: readonly Excess[]) {
    const pointers = [...new Set(excess.map(({ pointer }) => pointer))];
    const faults = pointers.map((pointer): MemberFault => ({
      pointer,
      code,
      detail: detailOf(excess.filter((one) => one.pointer === pointer)),
    }));
    super('forbidden', code, detailOf(excess), faults);
  }
}

function detailOf(excess: readonly Excess[]): string {
  const rights = [...new Set(excess.map(({ right }) => right))];
  const more = rights.length - MOST_NAMED;
  return `This is more than you hold yourself: ${rights.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
