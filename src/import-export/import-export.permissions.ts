import { defineCapability } from '../platform/authorization/index.js';

export const ImportCapability = defineCapability('import', {
  label: 'Import',
  description: 'Import records from files, within what one may create and edit.',
  sides: ['backend'],
});

export const ExportCapability = defineCapability('export', {
  label: 'Export',
  description: 'Export records into files, within what one may view.',
  sides: ['backend'],
});
