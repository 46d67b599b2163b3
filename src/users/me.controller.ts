import { Get } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { MeView } from './users.dto.js';
import { Users } from './users.service.js';

@AdminController('me', 'Authentication')
export class MeController {
  constructor(private readonly users: Users) {}

  /** Who is logged in, and what he may do; an application learns for whom it acts, and how far. */
  @Get()
  @Authenticated({ applications: true })
  get(): Promise<MeView> {
    return this.users.me();
  }
}
