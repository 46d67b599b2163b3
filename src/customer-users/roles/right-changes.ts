import { type Level, type PermissionMatrix, reaches, Rights } from '../../platform/context/index.js';

/** A permission at a level, or a capability that is on or off, before and after. */
export interface RightChange {
  permission: string;
  from: Level | boolean;
  to: Level | boolean;
}

/** What comes and goes from one union of roles to another. */
export function changesBetween(
  before: readonly PermissionMatrix[],
  after: readonly PermissionMatrix[],
): { gains: RightChange[]; losses: RightChange[] } {
  const [old, now] = [new Rights(before), new Rights(after)];
  const [oldMatrix, newMatrix] = [old.toMatrix(), now.toMatrix()];
  const names = namesIn(oldMatrix, newMatrix);
  const [gains, losses]: [RightChange[], RightChange[]] = [[], []];
  for (const permission of names.permissions) {
    const [from, to] = [old.level(permission), now.level(permission)];
    if (from !== to) (reaches(from, to) ? losses : gains).push({ permission, from, to });
  }
  for (const permission of names.capabilities) {
    const [from, to] = [old.holds(permission), now.holds(permission)];
    if (from !== to) (from ? losses : gains).push({ permission, from, to });
  }
  return { gains, losses };
}

function namesIn(...matrices: readonly PermissionMatrix[]) {
  const permissions = matrices.flatMap((matrix) =>
    Object.entries(matrix.permissions).flatMap(([entity, actions]) => Object.keys(actions).map((action) => `${entity}:${action}`)),
  );
  const capabilities = matrices.flatMap((matrix) => Object.keys(matrix.capabilities));
  return { permissions: [...new Set(permissions)].sort(), capabilities: [...new Set(capabilities)].sort() };
}
