import { ApiProperty } from '@nestjs/swagger';

/** Through which part of the product somebody acted. */
export const CONSENT_CHANNELS = ['registration', 'storefront'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/** An entry of the ledger. */
export class AcceptanceView {
  id: number;
  customerUserId: number;
  consentId: number;
  /** The consent's name as the person read it. */
  name: string;
  version: number;
  /** SHA-256 of the exact text in UTF-8, hexadecimal. */
  textHash: string;
  @ApiProperty({ enum: ['accepted', 'withdrawn'] })
  act: 'accepted' | 'withdrawn';
  at: Date;
  /** The language that the person asked for, BCP 47. */
  locale: string | null;
  @ApiProperty({ enum: CONSENT_CHANNELS })
  channel: ConsentChannel;
  /** null when unknown, or erased on the person's demand. */
  ip: string | null;
  /** null when unknown, or erased on the person's demand. */
  userAgent: string | null;
  /** The entry's place in the organization's chain. */
  sequence: number;
  /** SHA-256 over the entry and the hash of the one before it. */
  hash: string;
}

/** An entry of the ledger with what the person accepted, or withdrew. */
export class AcceptedConsentView extends AcceptanceView {
  /** The exact text that was shown, of which `textHash` is; null when what is kept of it is another one by now. */
  text: string | null;
  /** The localization that the text was kept in; null for the default. */
  localizationId: number | null;
}
