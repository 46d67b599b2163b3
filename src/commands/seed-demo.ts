import { parseArgs } from 'node:util';
import { loadConfiguration } from '../platform/config/index.js';
import { refuseStart } from '../start.js';
import { Caller } from './demo/caller.js';
import { DEMO_PASSWORD, seed } from './demo/seed.js';

const HELP = `Loads demo companies with their people into a server that runs. What is there already stays as it is.

  npm run seed:demo -- --url http://localhost:3000 --email admin@example.com --password <password>

What is left out is read from the environment (or .env): PUBLIC_URL, ADMIN_EMAIL and ADMIN_PASSWORD.
`;

interface Options {
  url?: string;
  email?: string;
  password?: string;
  help?: boolean;
}

async function seedDemo({ url, email, password, help }: Options): Promise<void> {
  if (help) return console.log(HELP);
  const { http, firstAdmin } = loadConfiguration();
  const credentials = { email: email ?? firstAdmin.email, password: password ?? firstAdmin.password };
  if (credentials.password === undefined) throw new Error('Say the admin’s password: --password, or ADMIN_PASSWORD.');
  const anybody = new Caller(url ?? http.publicUrl);
  const { accessToken } = await anybody.post<{ accessToken: string }>('/admin/api/auth/login', credentials);
  await seed(anybody.as(accessToken), (line) => console.log(line));
  console.log(`Each of them logs in with the password ${DEMO_PASSWORD}.`);
}

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { url: text, email: text, password: text, help: { type: 'boolean' } } });
seedDemo(values).catch((error: unknown) => refuseStart(error));
