import { PartialType } from '@nestjs/swagger';
import { Clearable, IsId, IsLine, LeftOut } from '../platform/http/index.js';
import { IsLanguageTag } from './member-rules.js';

class LocalizationMembers {
  @IsLine(255)
  name: string;

  /** BCP 47, such as `en` or `pt-BR`. */
  @IsLanguageTag()
  languageCode: string;

  /** The localization to fall back on. */
  @Clearable()
  @IsId()
  parentId?: number | null;
}

export class LocalizationDraft extends LocalizationMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

export class LocalizationChange extends PartialType(LocalizationMembers, { skipNullProperties: false }) {}

export class LocalizationView {
  id: number;
  organizationId: number;
  name: string;
  /** BCP 47. */
  languageCode: string;
  /** The localization to fall back on. */
  parentId: number | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
