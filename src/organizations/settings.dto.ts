import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { IsId, LeftOut } from '../platform/http/index.js';
import type { SettingType } from './setting-catalog.js';

const ANY_VALUE = { oneOf: [{ type: 'boolean' }, { type: 'integer' }, { type: 'string' }], nullable: true };

/** Whose settings are meant: one organization's or one website's; with neither, the system's. */
export class SettingHolderQuery {
  @LeftOut()
  @Type(() => Number)
  @IsId()
  organizationId?: number;

  @LeftOut()
  @Type(() => Number)
  @IsId()
  websiteId?: number;
}

export class SettingDraft {
  /** Of the setting's type. */
  @ValidateBy({ name: 'required', validator: { validate: (value) => value !== undefined } })
  @ApiProperty(ANY_VALUE)
  value: unknown;

  /** Set it for this organization; with neither, for the system. */
  @LeftOut()
  @IsId()
  organizationId?: number;

  /** Set it for this website. */
  @LeftOut()
  @IsId()
  websiteId?: number;
}

export class SettingView {
  key: string;

  /** What holds here. */
  @ApiProperty(ANY_VALUE)
  value: unknown;

  @ApiProperty(ANY_VALUE)
  default: unknown;

  @ApiProperty({ enum: ['boolean', 'integer', 'text', 'url', 'email'] })
  type: SettingType;

  /** Where the value comes from. */
  @ApiProperty({ enum: ['default', 'system', 'organization', 'website'] })
  scope: 'default' | 'system' | 'organization' | 'website';

  description: string;
}

export class SettingsView {
  items: SettingView[];
}
