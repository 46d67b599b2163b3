import { Delete, Get, HttpCode, Injectable } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { AdminController, IdParam, StorefrontController, Unversioned } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { OwnSessions } from './own-sessions.js';
import { SessionView } from './sessions.dto.js';
import { sessionListing } from './sessions.listing.js';

/** The same on both sides: whose sessions they are, the context says. */
@Injectable()
abstract class OwnSessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  /** Where the caller is logged in, the newest first. */
  @Get()
  @Authenticated()
  @ApiListing(sessionListing, SessionView)
  list(@ListQuery(sessionListing) request: ListRequest): Promise<Page<SessionView>> {
    return this.sessions.list(request);
  }

  /** Ends all of them, that of the caller's token as well. */
  @Delete()
  @Unversioned()
  @HttpCode(204)
  @Authenticated()
  endAll(): Promise<void> {
    return this.sessions.endAll();
  }

  /** Ends one of the own sessions: its access and refresh tokens are over. */
  @Delete(':id')
  @Unversioned()
  @HttpCode(204)
  @Authenticated()
  end(@IdParam() id: number): Promise<void> {
    return this.sessions.end(id);
  }
}

@AdminController('me/sessions', 'Own account')
export class AdminSessionsController extends OwnSessionsController {}

@StorefrontController('me/sessions', 'Own account')
export class StorefrontSessionsController extends OwnSessionsController {}
