import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { CustomFieldValues } from './custom-field-values.js';
import { CustomField } from './custom-field.entity.js';
import { CustomFieldsController } from './custom-fields.controller.js';
import { CustomFieldPermission } from './custom-fields.permissions.js';
import { CustomFieldsRepository } from './custom-fields.repository.js';
import { CustomFields } from './custom-fields.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CustomField]), OrganizationsModule],
  controllers: [CustomFieldsController],
  providers: [CustomFields, CustomFieldsRepository, CustomFieldValues, ...contributePermissions(CustomFieldPermission)],
  exports: [CustomFieldValues],
})
export class CustomFieldsModule {}
