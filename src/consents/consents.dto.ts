import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { Clearable, IsBody, IsFlatList, IsId, IsIds, IsInstant, IsLine, LeftOut } from '../platform/http/index.js';
import { CONSENT_KINDS, type ConsentKind } from './consent.entity.js';

const LONGEST_TEXT = 100_000;
const MOST_WEBSITES = 100;
const LAST_POSITION = 1_000_000;

export class ConsentTranslationDraft {
  /** null, or left out, for the default. */
  @Clearable()
  @IsId()
  localizationId?: number | null;

  @IsLine(255)
  name: string;

  @IsBody(LONGEST_TEXT)
  text: string;
}

/** What a website says of a consent for itself. */
export class ConsentPlacementDraft {
  @IsId()
  websiteId: number;

  /** Whether the consent is asked for there, whatever `websiteIds` says. null, or left out: as `websiteIds` has it. */
  @Clearable()
  @IsBoolean()
  enabled?: boolean | null;

  /** null, or left out: the consent's own. */
  @Clearable()
  @IsInt()
  @Min(0)
  @Max(LAST_POSITION)
  position?: number | null;
}

/** What can change without a new version. */
export class ConsentChange {
  /** Registration is refused without it. */
  @LeftOut()
  @IsBoolean()
  mandatory?: boolean;

  /** `false`: it is asked for on no website at all. */
  @LeftOut()
  @IsBoolean()
  enabled?: boolean;

  /** Lower ones are shown first, on websites without a position of their own. */
  @LeftOut()
  @IsInt()
  @Min(0)
  @Max(LAST_POSITION)
  position?: number;

  /** Where the consent is asked for; empty for every website. */
  @LeftOut()
  @IsIds()
  websiteIds?: number[];

  /** The switch and order of single websites. Given, it is the whole list. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(MOST_WEBSITES)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => ConsentPlacementDraft)
  websites?: ConsentPlacementDraft[];
}

export class ConsentDraft extends ConsentChange {
  /** With `link`, every text is the address of the page to be agreed to. It never changes. */
  @LeftOut()
  @IsIn(CONSENT_KINDS)
  @ApiProperty({ enum: CONSENT_KINDS, default: 'text', required: false })
  kind?: ConsentKind;

  /** Of the default translation, in place of `translations`. */
  @LeftOut()
  @IsLine(255)
  name?: string;

  /** Of the default translation, in place of `translations`. */
  @LeftOut()
  @IsBody(LONGEST_TEXT)
  text?: string;

  @LeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => ConsentTranslationDraft)
  translations?: ConsentTranslationDraft[];
}

export class ConsentVersionDraft {
  /** Of the default translation; left out, it stays. */
  @LeftOut()
  @IsLine(255)
  name?: string;

  /** Of the default translation, in place of `translations`. */
  @LeftOut()
  @IsBody(LONGEST_TEXT)
  text?: string;

  @LeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => ConsentTranslationDraft)
  translations?: ConsentTranslationDraft[];

  /** Not in the past; left out or null, the version takes effect at once. */
  @Clearable()
  @IsInstant()
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  effectiveAt?: string | null;

  /** Whoever accepted an earlier version has to accept this one. */
  @IsBoolean()
  reacceptance: boolean;
}

export class ConsentTranslationView {
  /** null for the default. */
  localizationId: number | null;
  name: string;
  text: string;
}

export class ConsentPlacementView {
  websiteId: number;
  /** null for as `websiteIds` has it. */
  @ApiProperty({ type: Boolean, nullable: true })
  enabled: boolean | null;
  /** null for the consent's own. */
  position: number | null;
}

export class ConsentCurrentVersion {
  number: number;
  effectiveAt: Date;
  /** SHA-256 of the text in UTF-8, hexadecimal. */
  textHash: string;
}

export class ConsentView {
  id: number;
  organizationId: number;
  @ApiProperty({ enum: CONSENT_KINDS })
  kind: ConsentKind;
  /** Of the default translation. */
  name: string;
  /** Of the default translation. */
  text: string;
  /** Of the current version. */
  translations: ConsentTranslationView[];
  mandatory: boolean;
  enabled: boolean;
  position: number;
  /** Empty for every website. */
  websiteIds: number[];
  /** Websites with a switch, or a place in the order, of their own. */
  websites: ConsentPlacementView[];
  currentVersion: ConsentCurrentVersion;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export class ConsentVersionView {
  id: number;
  number: number;
  effectiveAt: Date;
  reacceptance: boolean;
  /** SHA-256 of the default text in UTF-8, hexadecimal. */
  textHash: string;
  translations: ConsentTranslationView[];
  createdAt: Date;
}
