import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import { Clearable, IsId, LeftOut } from '../../platform/http/index.js';
import { EmailTemplateTranslationDraft } from './email-templates.dto.js';
import { EVENT_NAMES, type EventName } from '../occurrences/events.js';

export class TemplatePreviewDraft {
  /** Which event the mail tells of. Left out: the first that the template is used for. */
  @LeftOut()
  @IsIn(EVENT_NAMES)
  @ApiProperty({ enum: EVENT_NAMES })
  event?: EventName;

  /** The id of a record of the kind that the event is about (`GET /notification-rules/events`), which the caller may see. Left out: the sample. */
  @Clearable()
  @IsId()
  recordId?: number | null;

  /** The language to show. Left out: the record's own, or the organization's. */
  @Clearable()
  @IsId()
  localizationId?: number | null;

  /** What is to be shown in place of what is saved, checked as if it were. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => EmailTemplateTranslationDraft)
  translations?: EmailTemplateTranslationDraft[];
}

export class TemplateSourcesView {
  /** The localization whose text it is; null for the default. */
  subject: number | null;
  html: number | null;
  text: number | null;
}

export class TemplatePreviewView {
  @ApiProperty({ enum: EVENT_NAMES })
  event: EventName;

  /** null for the sample. */
  recordId: number | null;

  /** null for the organization's. */
  localizationId: number | null;

  subject: string;
  html: string;
  text: string;
  sources: TemplateSourcesView;
}
