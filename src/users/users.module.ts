import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { Administrators } from './administrators.js';
import { Delegation } from './delegation.js';
import { HeldRoles } from './held-roles.js';
import { MeController } from './me.controller.js';
import { OwnAccount } from './own-account.service.js';
import { StoredUserRoles } from './stored-roles.js';
import { UserChanges } from './user-changes.service.js';
import { UserFoundation } from './user-foundation.js';
import { UserGrants } from './user-grants.js';
import { UserRole } from './user-role.entity.js';
import { UserRolesController } from './user-roles.controller.js';
import { UserRolePermission } from './user-roles.permissions.js';
import { UserRolesRepository } from './user-roles.repository.js';
import { UserRoles } from './user-roles.service.js';
import { UserStanding } from './user-standing.js';
import { UserViews } from './user-views.js';
import { User, UserRoleAssignment } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UserPermission } from './users.permissions.js';
import { UsersRepository } from './users.repository.js';
import { Users } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User, UserRole, UserRoleAssignment]), OrganizationsModule],
  controllers: [UsersController, UserRolesController, MeController],
  providers: [
    Users,
    UsersRepository,
    UserViews,
    UserStanding,
    UserChanges,
    UserGrants,
    UserFoundation,
    OwnAccount,
    UserRoles,
    UserRolesRepository,
    HeldRoles,
    Delegation,
    Administrators,
    StoredUserRoles,
    ...contributePermissions(UserPermission, UserRolePermission),
  ],
  exports: [Users, OwnAccount, UserFoundation],
})
export class UsersModule {}
