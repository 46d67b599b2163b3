import { PartialType } from '@nestjs/swagger';
import { ArrayMinSize, IsBoolean } from 'class-validator';
import { Clearable, IsId, IsIds, IsLine, LeftOut } from '../platform/http/index.js';
import { IsWebAddress } from './member-rules.js';

class WebsiteMembers {
  @IsLine(255)
  name: string;

  /** Where its customer users are sent after login. */
  @IsWebAddress()
  url: string;

  /** The languages that it offers. Left out: the default one alone. */
  @LeftOut()
  @IsIds()
  @ArrayMinSize(1)
  localizationIds?: number[];

  /** One of `localizationIds`. Left out: the first of them, or that of the organization's default website. */
  @LeftOut()
  @IsId()
  defaultLocalizationId?: number;

  /** The customer user role that new customer users get when none is chosen. Left out: as the organization's default website. */
  @Clearable()
  @IsId()
  defaultRoleId?: number | null;

  /** The customer user role of visitors who are not logged in. Left out: as the organization's default website. */
  @Clearable()
  @IsId()
  guestRoleId?: number | null;

  /** `true` makes it the one that customer users get when none is chosen, in place of the present one. */
  @LeftOut()
  @IsBoolean()
  isDefault?: boolean;
}

export class WebsiteDraft extends WebsiteMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

export class WebsiteChange extends PartialType(WebsiteMembers, { skipNullProperties: false }) {}

export class WebsiteView {
  id: number;
  organizationId: number;
  name: string;
  url: string;
  /** The one that customer users get when none is chosen. */
  isDefault: boolean;
  localizationIds: number[];
  defaultLocalizationId: number;
  /** The customer user role that new customer users get when none is chosen. */
  defaultRoleId: number | null;
  guestRoleId: number | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
