export { BigInteger, Bytes, Flag, Id, Instant, Integer, Json, KeyReference, LongText, Reference, Text, Version } from './columns.js';
export { cut } from './cut.js';
export { dataSourceOptions, openDataSource } from './data-source.js';
export { deleteBefore } from './delete-old.js';
export { isBrokenReference, isDuplicateKey, isTransient, refusingDuplicates } from './database-errors.js';
export { DatabaseModule } from './database.module.js';
export { migrate, refusePendingMigrations, withStartLock } from './start-lock.js';
export { ReadTooLong, readRaw, readRows } from './read-rows.js';
export { UnitOfWork } from './unit-of-work.js';
