import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { IsId, LeftOut } from '../platform/http/index.js';
import { CONSENT_KINDS, type ConsentKind } from './consent.entity.js';
import { ConsentCurrentVersion } from './consents.dto.js';

/** Where, and in which language, somebody reads. */
export class ConsentReading {
  /** Left out: for visitors the default website, for a person his own. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  websiteId?: number;

  /** Left out: for a person the one that he prefers; else the default translation. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  localizationId?: number;
}

export class ConsentAcceptance {
  @IsId()
  consentId: number;

  /** The number of the version that was read. */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version: number;

  /** The localization that it was read in; left out: the one that the person prefers, else the default translation. */
  @LeftOut()
  @IsId()
  localizationId?: number;
}

/** What a visitor must or may accept. */
export class OfferedConsentView {
  id: number;
  @ApiProperty({ enum: CONSENT_KINDS })
  kind: ConsentKind;
  name: string;
  /** Of the kind `link`, an address. */
  text: string;
  /** The localization that name and text are kept in; null for the default. */
  localizationId: number | null;
  mandatory: boolean;
  /** On the website that was asked about. */
  position: number;
  /** `textHash` is of `text`. */
  currentVersion: ConsentCurrentVersion;
}

/** How a person stands to a consent. */
export class MyConsentView extends OfferedConsentView {
  /** `outdated`: an earlier version was accepted and the current one demands acceptance again. */
  @ApiProperty({ enum: ['open', 'accepted', 'outdated', 'withdrawn'] })
  status: 'open' | 'accepted' | 'outdated' | 'withdrawn';

  /** The version that is accepted. */
  acceptedVersion: number | null;

  /** When the person accepted or withdrew last. */
  decidedAt: Date | null;

  /** That act in the ledger; its proof is at `/me/consents/{consentId}/acceptances/{acceptanceId}/proof`. */
  acceptanceId: number | null;
}
