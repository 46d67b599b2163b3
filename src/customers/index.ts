/** The companies that customer users act for, and the address books of both. */
export { type AddressBook, type BookOwner, MOST_ADDRESSES } from './address-book.js';
export { AddressBooks } from './address-books.js';
export { AddressExport } from './address-export.js';
export { AddressImport, type AddressOwners } from './address-import.js';
export { addressColumns, type AddressRow } from './address-import-row.js';
export { AddressImportWriting } from './address-import-writing.js';
export { AddressChange, AddressDraft, AddressEntry, AddressEntryView, AddressView } from './addresses.dto.js';
export { addressListing } from './addresses.listing.js';
export { AddressMissing } from './addresses.errors.js';
export { CustomerAddresses } from './customer-addresses.service.js';
export { CustomerUse } from './customer-use.js';
export { CustomerGroupView } from './customer-groups.dto.js';
export { CustomerNode, CustomerPerson, CustomerSummary, CustomerView } from './customers.dto.js';
export { CustomerDeleted, CustomerRenamed } from './customers.events.js';
export { CustomersModule } from './customers.module.js';
export { CustomerAddressPermission, CustomerPermission } from './customers.permissions.js';
export { Customers } from './customers.service.js';
export { CUSTOMERS_BELOW, OWN_CUSTOMERS } from './reached-customers.js';
