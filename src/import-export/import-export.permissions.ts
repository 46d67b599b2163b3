import { defineCapability } from '../platform/authorization/index.js';

export const ImportCapability = defineCapability('import', {
  group: 'Customers',
  label: 'Import',
  description: 'Import records from files, within what one may create and edit.',
  sides: ['backend'],
});

export const ExportCapability = defineCapability('export', {
  group: 'Customers',
  label: 'Export',
  description: 'Export records into files, within what one may view.',
  sides: ['backend'],
});
