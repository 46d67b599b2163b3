import { ApiProperty } from '@nestjs/swagger';
import { IsId, LeftOut } from '../../platform/http/index.js';
import { UserSummary } from '../../users/index.js';

export class RecordDraft {
  /** The console user whose it is: the caller when left out. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 1 })
  ownerId?: number;
}

export class RecordView {
  id: number;
  customerUserId: number;
  /** `null` when he is gone. */
  ownerId: number | null;
  @ApiProperty({ type: () => UserSummary, nullable: true })
  owner: UserSummary | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
