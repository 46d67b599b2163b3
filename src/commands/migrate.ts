import { loadConfiguration } from '../platform/config/index.js';
import { dataSourceOptions, migrate, openDataSource, withStartLock } from '../platform/database/index.js';
import { refuseStart } from '../start.js';

try {
  const dataSource = await openDataSource(dataSourceOptions(loadConfiguration().database));
  const done = await withStartLock(dataSource, () => migrate(dataSource));
  console.log(done.length > 0 ? `Migrated: ${done.join(', ')}` : 'The database is up to date.');
  await dataSource.destroy();
} catch (error) {
  refuseStart(error);
}
