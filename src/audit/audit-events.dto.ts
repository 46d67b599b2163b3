import { ApiProperty } from '@nestjs/swagger';
import type { Changes } from '../platform/history/index.js';

const ACTORS = ['user', 'customer-user', 'application', 'system'] as const;

export class ActorView {
  @ApiProperty({ enum: ACTORS })
  type: string;
  /** `null` of the system. */
  id: number | null;
  /** At that time. */
  name: string;
}

export class AuditEventView {
  id: number;
  at: Date;
  organizationId: number | null;
  /** What was changed, such as `customer_user`. */
  entity: string;
  entityId: number;
  /** `created`, `changed`, `deleted`, or the name of a business act. */
  action: string;
  actor: ActorView;
  /** What it was done through, such as `api` or `import`. */
  via: string;
  ip: string | null;
  /** The request, or the job, that did it: the same in its answers and in the log. */
  traceId: string;
  /** Old and new value of each member that changed; of a secret, only that it did. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', properties: { old: { nullable: true }, new: { nullable: true } }, required: ['old', 'new'] },
  })
  changes: Changes;
}
