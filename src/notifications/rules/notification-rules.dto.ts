import { applyDecorators } from '@nestjs/common';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsObject, ValidateNested } from 'class-validator';
import { Clearable, IsEmailAddress, IsId, IsLine, LeftOut } from '../../platform/http/index.js';
import { type Operand, type Operator, OPERATORS, type Quantifier, QUANTIFIERS } from './conditions.js';
import { RECIPIENT_TYPES, type RecipientType } from './default-rules.js';
import { EVENT_NAMES, type EventName } from '../occurrences/events.js';
import { IsOperand } from './rule-member-rules.js';

/** `@ConditionList()`: conditions within a group, or a rule. */
const ConditionList = () =>
  applyDecorators(
    LeftOut(),
    IsArray(),
    ArrayMaxSize(50),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => ConditionDraft),
    ApiProperty({ type: () => [ConditionDraft], required: false, maxItems: 50 }),
  );

/**
 * A test, with `path`, `operator` and `value`; or a group, with one of `all`, `any` and `none` alone. Groups are nested four deep at the most, and
 * a rule has fifty conditions at the most, groups among them.
 */
export class ConditionDraft {
  /**
   * A member of the record, or of what the event tells, such as `customer.name`; `GET /notification-rules/events` lists them. It may go through
   * lists (`roles.code`) and to custom fields (`customFields.Region`, `customer.customFields.Region`).
   */
  @LeftOut()
  @IsLine(200)
  @ApiProperty({ example: 'customer.name', required: false })
  path?: string;

  /** As in filters of lists. Nothing but `null` and `ne` holds of what is empty. */
  @LeftOut()
  @IsIn(OPERATORS)
  @ApiProperty({ enum: OPERATORS, required: false })
  operator?: Operator;

  /** A text, a number, a switch or a date (ISO 8601), as the member is; for `in` a list, for `null` true or false. */
  @LeftOut()
  @IsOperand()
  value?: Exclude<Operand, null>;

  /** Of a path through a list: of how many of its items it has to hold. Left out: any. */
  @LeftOut()
  @IsIn(QUANTIFIERS)
  @ApiProperty({ enum: QUANTIFIERS, required: false })
  items?: Quantifier;

  /** All of these hold. */
  @ConditionList()
  all?: ConditionDraft[];

  /** Any of these holds. */
  @ConditionList()
  any?: ConditionDraft[];

  /** None of these holds. */
  @ConditionList()
  none?: ConditionDraft[];
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
  @ConditionList()
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

/** A test or a group, as in drafts. */
export class ConditionView {
  path?: string;

  @ApiProperty({ enum: OPERATORS, required: false })
  operator?: Operator;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: {} }], required: false })
  value?: Operand;

  @ApiProperty({ enum: QUANTIFIERS, required: false })
  items?: Quantifier;

  @ApiProperty({ type: () => [ConditionView], required: false })
  all?: readonly ConditionView[];

  @ApiProperty({ type: () => [ConditionView], required: false })
  any?: readonly ConditionView[];

  @ApiProperty({ type: () => [ConditionView], required: false })
  none?: readonly ConditionView[];
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
