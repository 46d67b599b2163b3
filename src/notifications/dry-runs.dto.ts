import { ApiProperty } from '@nestjs/swagger';
import { Clearable, IsId } from '../platform/http/index.js';
import { MailboxView } from './email.dto.js';
import { EVENT_NAMES } from './events.js';
import { ConditionView, RecipientView } from './notification-rules.dto.js';

export class DryRunDraft {
  /** A customer user, or an OAuth application, as the event is about. Left out: the sample. */
  @Clearable()
  @IsId()
  recordId?: number | null;
}

export class TriedConditionView extends ConditionView {
  /** What the path leads to. */
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'object' }, { type: 'array', items: {} }],
    nullable: true,
  })
  actual: unknown;

  holds: boolean;
}

export class TriedMailView {
  recipient: RecipientView;

  /** null where the recipient stands for nobody. */
  @ApiProperty({ type: MailboxView, nullable: true })
  to: MailboxView | null;

  /** Why nobody would be written to. */
  reason: string | null;

  template: string;

  /** null for the organization's. */
  localizationId: number | null;

  /** null where nobody would be written to, and where the mail could not be filled. */
  subject: string | null;
}

export class DryRunView {
  @ApiProperty({ enum: EVENT_NAMES })
  event: string;

  /** null for the sample. */
  recordId: number | null;

  active: boolean;
  conditions: TriedConditionView[];
  /** Whether all conditions hold. Otherwise there are no mails. */
  holds: boolean;
  mails: TriedMailView[];
}
