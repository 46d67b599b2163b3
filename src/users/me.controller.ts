import { Body, Get, Patch } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { OwnAccount } from './own-account.service.js';
import { MeView, OwnNames } from './users.dto.js';

@AdminController('me', 'Authentication')
export class MeController {
  constructor(private readonly account: OwnAccount) {}

  /** Who is logged in, and what he may do; an application learns for whom it acts, and how far. */
  @Get()
  @Authenticated({ applications: true })
  get(): Promise<MeView> {
    return this.account.get();
  }

  /** Changes the own names; the email address, roles and the rest are for others to change. */
  @Patch()
  @Authenticated()
  change(@Body() names: OwnNames): Promise<MeView> {
    return this.account.rename(names);
  }
}
