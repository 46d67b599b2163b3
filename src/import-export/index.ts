/** Imports and exports of any records: the engine that features contribute their profiles to. */
export { cell, type CellReader, CellRefused } from './cell-values.js';
export { type Differences, differencesBetween } from './differences.js';
export { exportedFieldColumns, fieldColumns, fieldFault, givenFields, type WithFields } from './custom-field-columns.js';
export type { ExportView } from './exports.dto.js';
export { type ExportColumn, type ExportedValue, ExportProfile } from './export-profile.js';
export { ExportFinished, type ImportCounts, ImportFinished } from './import-export.events.js';
export { ImportExportModule } from './import-export.module.js';
export { ExportCapability, ImportCapability } from './import-export.permissions.js';
export type { ImportView } from './imports.dto.js';
export type { ImportColumn } from './import-column.js';
export { type ImportContext, ImportProfile } from './import-profile.js';
export type { ImportRow } from './import-row.js';
export { mayIn } from './import-profile.js';
