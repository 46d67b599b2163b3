import { type PermissionMatrix, Rights } from '../platform/context/index.js';

/** The owner's rights, cut to the scopes: whoever asks them later need not think of scopes. */
export function cutTo(scopes: readonly string[], rights: Rights): Rights {
  const { permissions, capabilities } = rights.toMatrix();
  const cut: PermissionMatrix = { permissions: {}, capabilities: {} };
  for (const scope of scopes) {
    const [entity = '', action = ''] = scope.split(':');
    const level = permissions[entity]?.[action];
    if (level) (cut.permissions[entity] ??= {})[action] = level;
    if (capabilities[scope]) cut.capabilities[scope] = true;
  }
  return new Rights([cut]);
}
