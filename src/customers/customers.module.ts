import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomFieldsModule } from '../custom-fields/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { AddressBooks } from './address-books.js';
import { AddressImportWriting } from './address-import-writing.js';
import { Address } from './address.entity.js';
import { CountriesController } from './countries.controller.js';
import { CustomerAddressExport } from './customer-addresses.export.js';
import { CustomerAddressImport } from './customer-addresses.import.js';
import { CustomerAddressesController } from './customer-addresses.controller.js';
import { CustomerAddresses } from './customer-addresses.service.js';
import { CustomerBranches } from './customer-branches.js';
import { CustomerGroup } from './customer-group.entity.js';
import { CustomerGroupsController } from './customer-groups.controller.js';
import { CustomerGroupsRepository } from './customer-groups.repository.js';
import { CustomerGroups } from './customer-groups.service.js';
import { CustomerPath, CustomerTrees } from './customer-path.entity.js';
import { CustomerImportReferences } from './customer-import-references.js';
import { CustomerPaths } from './customer-paths.js';
import { CustomerReferences } from './customer-references.js';
import { CustomerWriting } from './customer-writing.js';
import { CustomerViews } from './customer-views.js';
import { Customer, CustomerSalesRepresentative } from './customer.entity.js';
import { CustomerExport } from './customers.export.js';
import { CustomerImport } from './customers.import.js';
import { CustomersController } from './customers.controller.js';
import { CustomerAddressPermission, CustomerGroupPermission, CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';
import { Customers } from './customers.service.js';
import { DelegatedCustomers } from './delegated-customers.service.js';
import { RepresentedCustomers } from './represented-customers.js';
import { StorefrontCustomersController } from './storefront-customers.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Customer, CustomerSalesRepresentative, Address, CustomerGroup, CustomerPath, CustomerTrees]),
    OrganizationsModule,
    UsersModule,
    CustomFieldsModule,
  ],
  controllers: [
    CustomersController,
    CustomerGroupsController,
    CustomerAddressesController,
    CountriesController,
    StorefrontCustomersController,
  ],
  providers: [
    RepresentedCustomers,
    Customers,
    CustomersRepository,
    CustomerWriting,
    CustomerImport,
    CustomerImportReferences,
    CustomerExport,
    CustomerPaths,
    CustomerBranches,
    CustomerReferences,
    CustomerViews,
    CustomerGroups,
    CustomerGroupsRepository,
    CustomerAddresses,
    AddressBooks,
    AddressImportWriting,
    CustomerAddressImport,
    CustomerAddressExport,
    DelegatedCustomers,
    ...contributePermissions(CustomerPermission, CustomerGroupPermission, CustomerAddressPermission),
  ],
  exports: [Customers, AddressBooks, AddressImportWriting, CustomerAddresses],
})
export class CustomersModule {}
