import { Global, Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { BearerGuard } from './bearer.guard.js';
import { PermissionCatalog } from './permission-catalog.js';
import { StoredRights } from './stored-rights.js';

@Global()
@Module({
  imports: [PassportModule.register({ session: false })],
  providers: [AccessGuard, BearerGuard, PermissionCatalog, StoredRights],
  exports: [AccessGuard, PermissionCatalog, StoredRights],
})
export class AuthorizationModule {}
