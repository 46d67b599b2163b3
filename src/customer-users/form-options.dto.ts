import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { CustomerPerson } from '../customers/index.js';
import { NamedView } from '../organizations/index.js';
import { IsId, LeftOut } from '../platform/http/index.js';
import { RoleSummary } from '../roles/index.js';

/** What is chosen in the form so far. */
export class FormOptionsQuery {
  @LeftOut()
  @Type(() => Number)
  @IsId()
  customerId?: number;

  /** The default website when left out. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  websiteId?: number;

  /** The own one when left out; another needs global access. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  organizationId?: number;
}

export class FormRole extends RoleSummary {
  /** `null`: for every customer. */
  @ApiProperty({ type: 'integer', nullable: true })
  customerId: number | null;
}

/** What a create leaves to the server is as here. */
export class FormDefaults {
  websiteId: number;

  roleIds: number[];

  ownerId: number | null;

  salesRepresentativeIds: number[];

  preferredLocalizationId: number | null;
}

export class FormOptionsView {
  /** Those for every customer and the chosen customer's own. */
  @ApiProperty({ type: [FormRole] })
  roles: FormRole[];

  @ApiProperty({ type: [NamedView] })
  websites: NamedView[];

  /** Those of the website; none where the organization's websites offer no more than one, so that there is no choice. */
  @ApiProperty({ type: [NamedView] })
  localizations: NamedView[];

  /** Enabled console users of the organization, by name. */
  @ApiProperty({ type: [CustomerPerson] })
  salesRepresentatives: CustomerPerson[];

  @ApiProperty({ type: [CustomerPerson] })
  owners: CustomerPerson[];

  defaults: FormDefaults;
}
