import { Global, Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { BearerGuard } from './bearer.guard.js';
import { BearerStrategy } from './bearer.strategy.js';
import { PermissionCatalog } from './permission-catalog.js';
import { StoredPermissions } from './stored-permissions.js';
import { StoredRights } from './stored-rights.js';

@Global()
@Module({
  imports: [PassportModule.register({ session: false })],
  providers: [AccessGuard, BearerGuard, BearerStrategy, PermissionCatalog, StoredPermissions, StoredRights],
  exports: [AccessGuard, PermissionCatalog, StoredRights],
})
export class AuthorizationModule {}
