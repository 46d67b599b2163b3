import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { CustomerPath, CustomerTrees } from './customer-path.entity.js';
import { CustomerPaths } from './customer-paths.js';
import { Customer, CustomerSalesRepresentative } from './customer.entity.js';
import { CustomersController } from './customers.controller.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';
import { Customers } from './customers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Customer, CustomerSalesRepresentative, CustomerPath, CustomerTrees]), UsersModule],
  controllers: [CustomersController],
  providers: [Customers, CustomersRepository, CustomerPaths, ...contributePermissions(CustomerPermission)],
  exports: [Customers],
})
export class CustomersModule {}
