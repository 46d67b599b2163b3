import { Get } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { StorefrontController } from '../platform/http/index.js';
import { MatrixView } from '../roles/index.js';
import { Profiles } from './profiles.service.js';
import { ProfileView } from './storefront-me.dto.js';

@StorefrontController('me', 'Own account')
export class StorefrontMeController {
  constructor(
    private readonly profiles: Profiles,
    private readonly context: CurrentContext,
  ) {}

  /** Who is logged in; an application learns for whom it acts. */
  @Get()
  @Authenticated({ applications: true })
  get(): Promise<ProfileView> {
    return this.profiles.own();
  }

  /** What the caller may do: his roles added up, cut to the scopes of his token. */
  @Get('permissions')
  @Authenticated({ applications: true })
  permissions(): MatrixView {
    return this.context.principal().rights.toMatrix();
  }
}
