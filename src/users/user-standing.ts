import { Injectable } from '@nestjs/common';
import { StoredRights } from '../platform/authorization/index.js';
import type { Level, PermissionMatrix, Principal } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { type Subject, subject } from '../platform/revisions/index.js';
import { fullNameOf } from './user-views.js';

/** Whether somebody may act now, and as whom; or what stops him. */
export type Standing = { principal: Principal } | { blocked: 'disabled' | 'organization_disabled' };

/** What it depends on. */
export const userSubjects = (id: number): Subject[] => [subject('user', id), 'user-role', 'organization'];

/** As the database has it, for each role of the user; one without a role where he has none. */
interface Row {
  firstName: string;
  lastName: string;
  organizationId: number | string;
  enabled: number;
  globalAccess: number;
  organizationEnabled: number;
  root: Level | null;
  /** Some drivers read it, others give its text. */
  matrix: PermissionMatrix | string | null;
}

/** One statement in place of four: every request asks. */
const STANDING = `SELECT u.first_name AS firstName, u.last_name AS lastName, u.organization_id AS organizationId, u.enabled AS enabled,
    u.global_access AS globalAccess, o.enabled AS organizationEnabled, r.root AS root, r.matrix AS matrix
  FROM users u JOIN organizations o ON o.id = u.organization_id
  LEFT JOIN user_role_assignments a ON a.user_id = u.id LEFT JOIN user_roles r ON r.id = a.role_id WHERE u.id = ?`;

/** Reads what decides whether a console user may act. */
@Injectable()
export class UserStanding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rights: StoredRights,
  ) {}

  /** `undefined` when there is no such user. */
  async of(id: number): Promise<Standing | undefined> {
    const rows: Row[] = await this.work.manager.query(STANDING, [id]);
    const [user] = rows;
    if (!user) return undefined;
    if (!user.enabled) return { blocked: 'disabled' };
    // Whoever acts in every organization must be able to enable his own again.
    if (!user.globalAccess && !user.organizationEnabled) return { blocked: 'organization_disabled' };
    const roles = rows.flatMap(({ root, matrix }) => (root === null || matrix === null ? [] : [{ root, matrix: read(matrix) }]));
    return {
      principal: {
        side: 'backend',
        type: 'user',
        id,
        name: fullNameOf(user),
        organizationId: Number(user.organizationId),
        globalAccess: Boolean(user.globalAccess),
        rights: this.rights.together('backend', roles),
      },
    };
  }
}

const read = (matrix: PermissionMatrix | string): PermissionMatrix =>
  typeof matrix === 'string' ? (JSON.parse(matrix) as PermissionMatrix) : matrix;
