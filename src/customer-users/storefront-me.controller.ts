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

  @Get()
  @Authenticated()
  get(): Promise<ProfileView> {
    return this.profiles.own();
  }

  /** What the caller may do: his roles added up, cut to the scopes of his token. */
  @Get('permissions')
  @Authenticated()
  permissions(): MatrixView {
    return this.context.principal().rights.toMatrix();
  }
}
