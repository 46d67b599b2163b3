import { ApiProperty } from '@nestjs/swagger';
import { Clearable, IsId } from '../../platform/http/index.js';
import { type Operand, type Operator, OPERATORS, type Quantifier, QUANTIFIERS } from './conditions.js';
import { MailboxView } from '../emails/email.dto.js';
import { EVENT_NAMES } from '../occurrences/events.js';
import { RecipientView } from './notification-rules.dto.js';

export class DryRunDraft {
  /** The id of a record of the kind that the event is about (`GET /notification-rules/events`), which the caller may see. Left out: the sample. */
  @Clearable()
  @IsId()
  recordId?: number | null;
}

/** A condition, and whether it holds; so has each within a group. */
export class TriedConditionView {
  path?: string;

  @ApiProperty({ enum: OPERATORS, required: false })
  operator?: Operator;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: {} }], required: false })
  value?: Operand;

  @ApiProperty({ enum: QUANTIFIERS, required: false })
  items?: Quantifier;

  /** What the path of a test leads to; through a list, what it leads to in each item. */
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'object' }, { type: 'array', items: {} }],
    ...{ nullable: true, required: false },
  })
  actual?: unknown;

  @ApiProperty({ type: () => [TriedConditionView], required: false })
  all?: readonly TriedConditionView[];

  @ApiProperty({ type: () => [TriedConditionView], required: false })
  any?: readonly TriedConditionView[];

  @ApiProperty({ type: () => [TriedConditionView], required: false })
  none?: readonly TriedConditionView[];

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
