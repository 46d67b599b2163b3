import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsString, MaxLength } from 'class-validator';
import { NamedView } from '../../organizations/index.js';
import { Clearable, IsId, IsInstant, IsLine, LeftOut } from '../../platform/http/index.js';
import { OWNER_TYPES, type OwnerType } from './oauth-application.entity.js';

export class OAuthApplicationDraft {
  @IsLine(255)
  @ApiProperty({ example: 'ERP connector' })
  name: string;

  /**
   * Names of the permission catalog of the owner's side, none of them above his rights; when left out, every one that he has a right to.
   * What he loses later his application loses as well.
   */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  @ApiProperty({ example: ['customer_user:view'] })
  scopes?: string[];

  @LeftOut()
  @IsBoolean()
  active?: boolean;

  /** The owner's organization when left out; another one needs global access. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 1 })
  organizationId?: number;

  /** When the first secret ends by itself; never when left out. */
  @Clearable()
  @IsInstant()
  @ApiProperty({ format: 'date-time', example: '2027-12-31T00:00:00.000Z', nullable: true })
  secretExpiresAt?: string | null;
}

/** A member that is left out stays as it is. */
export class OAuthApplicationChange extends PartialType(OmitType(OAuthApplicationDraft, ['secretExpiresAt']), {
  skipNullProperties: false,
}) {}

export class OAuthSecretDraft {
  /** When the secret ends by itself; never when left out. */
  @Clearable()
  @IsInstant()
  @ApiProperty({ format: 'date-time', example: '2027-12-31T00:00:00.000Z', nullable: true })
  expiresAt?: string | null;
}

export class OAuthOwnerView {
  @ApiProperty({ enum: OWNER_TYPES })
  type: OwnerType;
  id: number;
  /** `null` when the owner has been deleted. */
  fullName: string | null;
}

export class OAuthSecretView {
  id: number;
  /** The last four characters. */
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export class OAuthApplicationView {
  id: number;
  name: string;
  @ApiProperty({ type: NamedView })
  organization: NamedView;
  @ApiProperty({ type: OAuthOwnerView })
  owner: OAuthOwnerView;
  clientId: string;
  active: boolean;
  @ApiProperty({ type: [String] })
  scopes: string[];
  @ApiProperty({ type: [OAuthSecretView] })
  secrets: OAuthSecretView[];
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** The answer to the creation of an application or of a secret. */
export class OAuthApplicationWithSecret extends OAuthApplicationView {
  /** Shown this once: kept nowhere but in the answer to an `Idempotency-Key`, sealed, for a day. */
  clientSecret: string;
  /** Why no token can be had, where that is so. */
  @ApiProperty({ type: String, nullable: true })
  warning: string | null;
}
