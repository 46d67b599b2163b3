import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { loadConfiguration } from '../platform/config/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { prepare, refuseStart } from '../start.js';
import { load, LOAD_PASSWORD } from './load/load.js';

const HELP = `Loads many customer users, with customers, roles, sales representatives and websites, to try the product under load.
The same at every run; meant for a database of its own, which is migrated (npm run migrate).

  DATABASE_URL=mariadb://root@127.0.0.1:3306/load npm run seed:load -- --customer-users 1000000
`;

async function seedLoad(wanted: string | undefined): Promise<void> {
  const customerUsers = Number(wanted);
  if (!Number.isSafeInteger(customerUsers) || customerUsers < 1) return console.log(HELP);
  const begun = Date.now();
  const app = await prepare(loadConfiguration(), 'http');
  const passwordHash = await app.get(Passwords, { strict: false }).hash(LOAD_PASSWORD);
  const tell = (line: string) => console.log(`${((Date.now() - begun) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
  await load(app.get(DataSource), { customerUsers, passwordHash, tell });
  tell(`${customerUsers} customer users are loaded; those with a password log in with ${LOAD_PASSWORD}.`);
  await app.close();
}

const { values } = parseArgs({ options: { 'customer-users': { type: 'string' }, help: { type: 'boolean' } } });
seedLoad(values.help ? undefined : values['customer-users']).catch((error: unknown) => refuseStart(error));
