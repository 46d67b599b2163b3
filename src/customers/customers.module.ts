import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { Customer, CustomerSalesRepresentative } from './customer.entity.js';
import { CustomersController } from './customers.controller.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';
import { Customers } from './customers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Customer, CustomerSalesRepresentative]), UsersModule],
  controllers: [CustomersController],
  providers: [Customers, CustomersRepository, ...contributePermissions(CustomerPermission)],
  exports: [Customers],
})
export class CustomersModule {}
