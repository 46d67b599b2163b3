import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { CustomerUserRole, CustomerUserRoleAssignment } from './customer-user-role.entity.js';
import { CustomerUserRolesController } from './customer-user-roles.controller.js';
import { CustomerUserRoles } from './customer-user-roles.service.js';
import { RoleAssignments } from './role-assignments.service.js';
import { RolePermission, UpdateOwnProfile } from './roles.permissions.js';
import { WebsiteRoles } from './website-roles.js';

@Module({
  imports: [TypeOrmModule.forFeature([CustomerUserRole, CustomerUserRoleAssignment])],
  controllers: [CustomerUserRolesController],
  providers: [CustomerUserRoles, RoleAssignments, WebsiteRoles, ...contributePermissions(RolePermission, UpdateOwnProfile)],
  exports: [CustomerUserRoles, RoleAssignments],
})
export class RolesModule {}
