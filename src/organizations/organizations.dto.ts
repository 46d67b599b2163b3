import { PartialType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IsLine, LeftOut } from '../platform/http/index.js';

/** A resource by its id and name, as others show it. */
export class NamedView {
  id: number;
  name: string;
}

export class OrganizationDraft {
  @IsLine(255)
  name: string;

  /** Nobody acts for a disabled organization. */
  @LeftOut()
  @IsBoolean()
  enabled?: boolean;
}

export class OrganizationChange extends PartialType(OrganizationDraft, { skipNullProperties: false }) {}

export class OrganizationView {
  id: number;
  name: string;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
