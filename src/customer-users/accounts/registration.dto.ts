import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { ConsentAcceptance, OfferedConsentView } from '../../consents/index.js';
import { Clearable, IsEmailAddress, IsFlatList, IsId, IsLine, LeftOut } from '../../platform/http/index.js';

/** What the form to register has to show. */
export class RegistrationFormView {
  /** Whether anybody can register here. */
  allowed: boolean;
  companyRequired: boolean;
  /** Whether a mailed link has to be opened before the account can be used. */
  confirmationRequired: boolean;
  /** What to say above the fields. */
  instructions: string | null;
  /** What must, or may, be accepted: send the id and the number of the current version of each that was. */
  consents: OfferedConsentView[];
}

export class RegistrationDraft {
  /** The website that is registered at. Left out: the default website. */
  @LeftOut()
  @IsId()
  websiteId?: number;

  /** Needed where `companyRequired`; without it the company is named after the person. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'Acme Industrial' })
  companyName?: string | null;

  @IsLine(255)
  @ApiProperty({ example: 'Amanda' })
  firstName: string;

  @IsLine(255)
  @ApiProperty({ example: 'Cole' })
  lastName: string;

  @IsEmailAddress()
  @ApiProperty({ example: 'amanda.cole@acme.example' })
  email: string;

  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password' })
  password: string;

  /** Every mandatory one, and any optional one, each in the version that was read. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(100)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => ConsentAcceptance)
  consents?: ConsentAcceptance[];
}

export class ConfirmationToken {
  /** From the mailed link. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  token: string;
}

/** Whose account a mail is asked for. */
export class AccountRequest {
  @IsEmailAddress()
  @ApiProperty({ example: 'amanda.cole@acme.example' })
  email: string;

  /** The website of the account. Left out: every account with this address gets its mail. */
  @LeftOut()
  @IsId()
  websiteId?: number;
}

/** The same for every address. */
export class RequestTakenView {
  @ApiProperty({ enum: ['accepted'] })
  status: 'accepted';
}
