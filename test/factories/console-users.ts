import type { Level } from '../../src/platform/context/index.js';
import { Passwords } from '../../src/platform/secrets/index.js';
import { UserRole } from '../../src/users/user-role.entity.js';
import { User, UserRoleAssignment } from '../../src/users/user.entity.js';
import type { Caller, Product } from '../support/product.js';

const PASSWORD = 'Correct-horse-3';

let made = 0;

interface ConsoleUserDraft {
  organizationId?: number;
  globalAccess?: boolean;
  enabled?: boolean;
  lastName?: string;
  /** Levels by permission, such as `customer:view`. Left out: everything. */
  rights?: Record<string, Level>;
  capabilities?: string[];
}

export interface ConsoleUser {
  id: number;
  email: string;
  password: string;
}

/** A console user with a role of his own. */
export async function aConsoleUser(product: Product, draft: ConsoleUserDraft = {}): Promise<ConsoleUser> {
  const { organizationId = 1, globalAccess = false, enabled = true, lastName = 'Miller', rights, capabilities = [] } = draft;
  const { work } = product;
  const now = new Date();
  const stamps = { createdAt: now, updatedAt: now };
  made += 1;
  const email = `console-${made}@merchant.example`;
  const matrix = { permissions: matrixOf(rights ?? {}), capabilities: Object.fromEntries(capabilities.map((name) => [name, true])) };
  const root = rights === undefined ? 'global' : 'none';
  const role = { label: `Role ${made}`, organizationId: null, organizationKey: 0, root, matrix, ...stamps };
  const { id: roleId } = await work.repository(UserRole).save(role as UserRole);
  const passwordHash = await product.inside(Passwords).hash(PASSWORD);
  const user = {
    organizationId,
    email,
    emailKey: email,
    firstName: 'Sam',
    lastName,
    enabled,
    globalAccess,
    passwordHash,
    lastLoginAt: null,
    loginCount: 0,
  };
  const { id } = await work.repository(User).save({ ...user, ...stamps } as User);
  await work.repository(UserRoleAssignment).insert({ userId: id, roleId });
  return { id, email, password: PASSWORD };
}

/** The same, logged in. */
export async function aConsoleCaller(product: Product, draft: ConsoleUserDraft = {}): Promise<Caller & { userId: number }> {
  const user = await aConsoleUser(product, draft);
  const { accessToken } = await product.logInAdmin(user);
  return Object.assign(product.as(accessToken), { userId: user.id });
}

function matrixOf(rights: Record<string, Level>): Record<string, Record<string, Level>> {
  const matrix: Record<string, Record<string, Level>> = {};
  for (const [name, level] of Object.entries(rights)) {
    const [entity = '', action = ''] = name.split(':');
    (matrix[entity] ??= {})[action] = level;
  }
  return matrix;
}
