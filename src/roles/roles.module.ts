import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomersModule } from '../customers/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { CustomerUserRole, CustomerUserRoleAssignment } from './customer-user-role.entity.js';
import { CustomerUserRolesController } from './customer-user-roles.controller.js';
import { CustomerUserRoles } from './customer-user-roles.service.js';
import { CustomizedRoles } from './customized-roles.service.js';
import { PermissionCatalogController } from './permission-catalog.controller.js';
import { PermissionCatalogs } from './permission-catalog.service.js';
import { RoleAssignments } from './role-assignments.service.js';
import { RoleCeiling } from './role-ceiling.js';
import { RoleCodes } from './role-codes.js';
import { RoleEditing } from './role-editing.service.js';
import { RoleViews } from './role-views.js';
import { RoleWriting } from './role-writing.js';
import { RolePermission, UpdateOwnProfile } from './roles.permissions.js';
import { RolesOfDeletedCustomers } from './roles-of-deleted-customers.js';
import { RolesRepository } from './roles.repository.js';
import { StoredCustomerUserRoles } from './stored-roles.js';
import { WebsiteRoles } from './website-roles.js';

@Module({
  imports: [TypeOrmModule.forFeature([CustomerUserRole, CustomerUserRoleAssignment]), OrganizationsModule, CustomersModule],
  controllers: [CustomerUserRolesController, PermissionCatalogController],
  providers: [
    CustomerUserRoles,
    CustomizedRoles,
    PermissionCatalogs,
    RoleAssignments,
    RoleCeiling,
    RoleCodes,
    RoleEditing,
    RoleViews,
    RoleWriting,
    RolesOfDeletedCustomers,
    RolesRepository,
    StoredCustomerUserRoles,
    WebsiteRoles,
    ...contributePermissions(RolePermission, UpdateOwnProfile),
  ],
  exports: [RoleEditing, CustomerUserRoles, CustomizedRoles, RoleAssignments, RoleCeiling],
})
export class RolesModule {}
