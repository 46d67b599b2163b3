import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { MeController } from './me.controller.js';
import { UserRole } from './user-role.entity.js';
import { User, UserRoleAssignment } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UserPermission } from './users.permissions.js';
import { Users } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User, UserRole, UserRoleAssignment]), OrganizationsModule],
  controllers: [UsersController, MeController],
  providers: [Users, ...contributePermissions(UserPermission)],
  exports: [Users],
})
export class UsersModule {}
