import { ApiProperty } from '@nestjs/swagger';
import type { Level } from '../platform/context/index.js';

/** A console user by id and name, as others show him. */
export class UserSummary {
  id: number;
  fullName: string;
}

export class UserRoleSummary {
  id: number;
  label: string;
}

export class UserView {
  id: number;
  organizationId: number;
  email: string;
  firstName: string;
  lastName: string;
  fullName: string;
  enabled: boolean;
  globalAccess: boolean;
  roles: UserRoleSummary[];
  lastLoginAt: Date | null;
  loginCount: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export class MeView extends UserView {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    example: { customer_user: { view: 'organization' } },
  })
  permissions: Record<string, Record<string, Level>>;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' }, example: { import: true } })
  capabilities: Record<string, boolean>;
}
