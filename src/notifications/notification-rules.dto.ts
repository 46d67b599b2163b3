import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsObject, ValidateNested } from 'class-validator';
import { Clearable, IsEmailAddress, IsId, IsLine, LeftOut } from '../platform/http/index.js';
import { type Operand, type Operator, OPERATORS, RECIPIENT_TYPES, type RecipientType } from './default-rules.js';
import { EVENT_NAMES, type EventName } from './events.js';
import { IsOperand } from './rule-member-rules.js';

export class ConditionDraft {
  /** A member of the record, or of what the event tells, such as `customer.name`; `GET /notification-rules/events` lists them. */
  @IsLine(200)
  @ApiProperty({ example: 'customer.name' })
  path: string;

  /** As in filters of lists. */
  @IsIn(OPERATORS)
  @ApiProperty({ enum: OPERATORS })
  operator: Operator;

  /** A text, a number or a switch, as the member is; for `in` a list, for `null` true or false. */
  @IsOperand()
  value: Exclude<Operand, null>;
}

export class RecipientDraft {
  /**
   * `owner` is the console user who owns the customer user, the person for whom an OAuth application acts, or who started an import. `path`
   * leads to an email address or to somebody who has one, such as `customer.owner`.
   */
  @IsIn(RECIPIENT_TYPES)
  @ApiProperty({ enum: RECIPIENT_TYPES })
  type: RecipientType;

  /** Of the type `address`. */
  @LeftOut()
  @IsEmailAddress()
  address?: string;

  /** Of the type `user`: a console user. */
  @LeftOut()
  @IsId()
  userId?: number;

  /** Of the type `path`. */
  @LeftOut()
  @IsLine(200)
  @ApiProperty({ example: 'customer.owner' })
  path?: string;
}

class NotificationRuleMembers {
  @IsIn(EVENT_NAMES)
  @ApiProperty({ enum: EVENT_NAMES })
  event: EventName;

  /** All have to hold. Left out: none. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ConditionDraft)
  conditions?: ConditionDraft[];

  @IsId()
  templateId: number;

  /** In which everybody is written to. Left out, or null: each in his own language. */
  @Clearable()
  @IsId()
  localizationId?: number | null;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RecipientDraft)
  recipients: RecipientDraft[];

  /** Left out: true. */
  @LeftOut()
  @IsBoolean()
  active?: boolean;
}

export class NotificationRuleDraft extends NotificationRuleMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

/** A member that is left out stays as it is. */
export class NotificationRuleChange extends PartialType(NotificationRuleMembers, { skipNullProperties: false }) {}

export class ConditionView {
  path: string;

  @ApiProperty({ enum: OPERATORS })
  operator: Operator;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: {} }] })
  value: Operand;
}

export class RecipientView {
  @ApiProperty({ enum: RECIPIENT_TYPES })
  type: RecipientType;

  address?: string;
  userId?: number;
  path?: string;
}

export class NotificationRuleView {
  id: number;
  organizationId: number;
  /** Which of the rules that ship with the product it is; null for those that were added. */
  code: string | null;
  /** Ships with the product: it cannot be deleted, and its event stays. */
  system: boolean;
  /** Without its mail a person does not get in: only its language can change. */
  essential: boolean;

  @ApiProperty({ enum: EVENT_NAMES })
  event: string;

  conditions: ConditionView[];
  templateId: number;
  localizationId: number | null;
  recipients: RecipientView[];
  active: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
