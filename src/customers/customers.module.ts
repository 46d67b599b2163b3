import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomFieldsModule } from '../custom-fields/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { AddressBooks } from './addresses/address-books.js';
import { AddressImportWriting } from './addresses/address-import-writing.js';
import { Address } from './addresses/address.entity.js';
import { CountriesController } from './addresses/countries.controller.js';
import { CustomerAddressExport } from './addresses/customer-addresses.export.js';
import { CustomerAddressImport } from './addresses/customer-addresses.import.js';
import { CustomerAddressesController } from './addresses/customer-addresses.controller.js';
import { CustomerAddresses } from './addresses/customer-addresses.service.js';
import { CustomerChanges } from './customer-changes.service.js';
import { CustomerBranches } from './customer-branches.js';
import { CustomerGroup } from './groups/customer-group.entity.js';
import { CustomerGroupsController } from './groups/customer-groups.controller.js';
import { CustomerGroupsRepository } from './groups/customer-groups.repository.js';
import { CustomerGroups } from './groups/customer-groups.service.js';
import { CustomerPath, CustomerTrees } from './customer-path.entity.js';
import { CustomerImportReferences } from './files/customer-import-references.js';
import { CustomerPaths } from './customer-paths.js';
import { CustomerPortraits } from './customer-portraits.js';
import { CustomerReferences } from './customer-references.js';
import { CustomerWriting } from './customer-writing.js';
import { CustomerViews } from './customer-views.js';
import { Customer, CustomerSalesRepresentative } from './customer.entity.js';
import { CustomerExport } from './files/customers.export.js';
import { CustomerImport } from './files/customers.import.js';
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
    CustomerChanges,
    CustomersRepository,
    CustomerWriting,
    CustomerImport,
    CustomerImportReferences,
    CustomerExport,
    CustomerPaths,
    CustomerBranches,
    CustomerReferences,
    CustomerViews,
    CustomerPortraits,
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
  exports: [Customers, CustomerPortraits, AddressBooks, AddressImportWriting, CustomerAddresses],
})
export class CustomersModule {}
