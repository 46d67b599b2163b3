/** Imports and exports of any records: the engine that features contribute their profiles to. */
export { cell, type CellReader, CellRefused } from './cell-values.js';
export { type Differences, differencesBetween } from './imports/differences.js';
export {
  anyField,
  exportedFieldColumns,
  fieldColumns,
  fieldFault,
  givenFields,
  membersFor,
  type WithFields,
} from './custom-field-columns.js';
export { Exports } from './exports/exports.service.js';
export type { ExportView } from './exports/exports.dto.js';
export { type ExportColumn, type ExportedValue, ExportProfile } from './exports/export-profile.js';
export { ExportFinished, type ImportCounts, ImportFinished } from './import-export.events.js';
export { ImportExportModule } from './import-export.module.js';
export { ExportCapability, ImportCapability } from './import-export.permissions.js';
export { Imports } from './imports/imports.service.js';
export type { ImportView } from './imports/imports.dto.js';
export type { ImportColumn } from './imports/import-column.js';
export { type ImportContext, ImportProfile } from './imports/import-profile.js';
export type { ImportRow } from './imports/import-row.js';
export { mayIn } from './imports/import-profile.js';
