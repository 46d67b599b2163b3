import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { FirstStart } from './first-start.js';
import { OrganizationBeginnings } from './organizations/index.js';
import { type Configuration, ConfigurationFault } from './platform/config/index.js';
import { refusePendingMigrations, withStartLock } from './platform/database/index.js';
import { createHttpApplication, createLog } from './platform/http/index.js';
import type { JobRole } from './platform/jobs/index.js';
import { SURFACES } from './surfaces.js';

/** The application of a process, neither initialised nor listening: connected to the database, to which it has done nothing yet. */
export async function assemble(configuration: Configuration, role: JobRole): Promise<NestFastifyApplication> {
  const log = createLog(configuration.process.logLevel);
  return createHttpApplication(await AppModule.for(configuration, role), { settings: configuration.http, log, surfaces: SURFACES });
}

/**
 * The application of a process, neither initialised nor listening. An old schema is refused; a fresh installation gets what
 * everything begins with.
 */
export async function prepare(configuration: Configuration, role: JobRole): Promise<NestFastifyApplication> {
  const app = await assemble(configuration, role);
  const dataSource = app.get(DataSource);
  await refusePendingMigrations(dataSource);
  const admin = await withStartLock(dataSource, async () => {
    const made = await app.get(FirstStart).run();
    await app.get(OrganizationBeginnings, { strict: false }).catchUp();
    return made;
  });
  if (admin) console.log(`\nCreated the first admin: ${admin.email}`);
  if (admin?.generatedPassword) console.log(`His password, shown only now: ${admin.generatedPassword}`);
  return app;
}

/** Says what stops a start: every fault of the configuration with its cure, or the error. */
export function refuseStart(error: unknown): never {
  console.error(error instanceof ConfigurationFault ? error.message : error);
  process.exit(1);
}
