import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { Clearable, IsBody, IsId, IsLine, LeftOut } from '../../platform/http/index.js';

const LONGEST_SUBJECT = 500;
const LONGEST_HTML = 200_000;
const LONGEST_TEXT = 100_000;

/** A text that is `null`, or left out, is that of the next localization in the tree, then of the default. */
export class EmailTemplateTranslationDraft {
  /** null, or left out, for the default. */
  @Clearable()
  @IsId()
  localizationId?: number | null;

  @Clearable()
  @IsLine(LONGEST_SUBJECT)
  @ApiProperty({ type: String, nullable: true, example: 'Welcome to {{websiteName}}' })
  subject?: string | null;

  @Clearable()
  @IsBody(LONGEST_HTML)
  @ApiProperty({ type: String, nullable: true, example: '{{#> layout title="Welcome"}}<p>Hello {{firstName}}</p>{{/layout}}' })
  html?: string | null;

  @Clearable()
  @IsBody(LONGEST_TEXT)
  @ApiProperty({ type: String, nullable: true, example: 'Hello {{firstName}}' })
  text?: string | null;
}

class EmailTemplateMembers {
  /** Unique in the organization. Templates that ship with the product keep theirs. */
  @IsLine(100)
  @ApiProperty({ example: 'spring_greeting' })
  name: string;

  /** All of them, one for each localization. Of a template that does not ship with the product, the default one has all three texts. */
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => EmailTemplateTranslationDraft)
  translations: EmailTemplateTranslationDraft[];
}

export class EmailTemplateDraft extends EmailTemplateMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

/** A member that is left out stays as it is. */
export class EmailTemplateChange extends PartialType(EmailTemplateMembers, { skipNullProperties: false }) {}

export class EmailTemplateTranslationView {
  /** null for the default. */
  localizationId: number | null;
  /** null: that of the next localization in the tree, then of the default. */
  subject: string | null;
  html: string | null;
  text: string | null;
}

export class EmailTemplateView {
  id: number;
  organizationId: number;
  name: string;
  /** Ships with the product: it cannot be deleted, and has texts to go back to. */
  system: boolean;
  /** Says something else than it shipped with. */
  edited: boolean;
  /** The default comes first, with the texts that it shipped with where it has no others. */
  translations: EmailTemplateTranslationView[];
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
