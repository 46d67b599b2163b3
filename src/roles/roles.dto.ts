import { ApiProperty } from '@nestjs/swagger';
import type { Level, PermissionMatrix } from '../platform/context/index.js';

export class RoleSummary {
  id: number;
  code: string;
  label: string;
}

export class RoleView {
  id: number;
  organizationId: number;
  code: string;
  label: string;
  /** `null`: predefined, for every customer. */
  customerId: number | null;
  /** Customers may change it for themselves. */
  selfManaged: boolean;
  /** Shown to customers. */
  public: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** A whole permission matrix: a level per entity and action, and switches. */
export class MatrixView implements PermissionMatrix {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    example: { customer_user: { view: 'customer', create: 'none' } },
  })
  permissions: Record<string, Record<string, Level>>;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' }, example: { update_own_profile: true } })
  capabilities: Record<string, boolean>;
}
