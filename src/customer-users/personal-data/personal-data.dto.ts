import { ApiProperty } from '@nestjs/swagger';

/** All that is held about a person. */
export class PersonalDataView {
  customerUserId: number;
  collectedAt: Date;
  /** By the part of the product that keeps it. Passwords, tokens and the secrets of applications are nowhere in it. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { profile: { email: 'amanda@acme.example' }, sessions: [] } })
  data: Record<string, unknown>;
}
