import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { Clearable, IsId, IsLine, LeftOut } from '../platform/http/index.js';
import { FIELD_ENTITIES, type FieldEntity } from './custom-field.entity.js';
import { FIELD_TYPES, type FieldType } from './field-types.js';
import { IsOptions, IsOwnName } from './member-rules.js';

class CustomFieldMembers {
  /** Which records have it. Never changes. */
  @IsIn(FIELD_ENTITIES)
  @ApiProperty({ enum: FIELD_ENTITIES })
  entity: FieldEntity;

  /** Under which `customFields` shows it; unique among the fields of the entity. */
  @IsLine(100)
  @IsOwnName()
  @ApiProperty({ example: 'Region' })
  name: string;

  /**
   * What its values are. Never changes. `string`: one line of up to 255 characters, trimmed. `text`: up to 10,000 characters. `integer`: a whole number between
   * -(2^53 - 1) and 2^53 - 1. `decimal`: a number of at most 15 significant digits. `date`: `YYYY-MM-DD`. `select`: one of `options`.
   */
  @IsIn(FIELD_TYPES)
  @ApiProperty({ enum: FIELD_TYPES, example: 'select' })
  type: FieldType;

  /**
   * Whether a record must have a value. Records that are there without one stay as they are; the rule holds for those that are created
   * in the admin API, and for every change that writes `customFields`. It does not hold for what registers itself, for a company that
   * is made for a person without one, and for rows of imports.
   */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  required?: boolean;

  /**
   * What a `select` chooses from: 1 to 200 distinct lines; for the other types `null`, or left out. Records keep a value whose option
   * is taken away, and show it; only as a new value it is refused.
   */
  @Clearable()
  @IsOptions()
  options?: string[] | null;
}

export class CustomFieldDraft extends CustomFieldMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

/** A member that is left out stays as it is. `entity` and `type` may be given, but not another one. */
export class CustomFieldChange extends PartialType(CustomFieldMembers, { skipNullProperties: false }) {}

export class CustomFieldView {
  id: number;
  organizationId: number;

  @ApiProperty({ enum: FIELD_ENTITIES })
  entity: FieldEntity;

  name: string;

  @ApiProperty({ enum: FIELD_TYPES })
  type: FieldType;

  required: boolean;

  /** What a `select` chooses from. */
  options: string[] | null;

  createdAt: Date;
  updatedAt: Date;
  version: number;
}
