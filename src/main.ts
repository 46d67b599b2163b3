import 'reflect-metadata';
import { loadConfiguration } from './platform/config/index.js';
import { prepare, refuseStart } from './start.js';

/** The HTTP process; without Redis it runs the jobs as well. */
async function main(): Promise<void> {
  const configuration = loadConfiguration();
  const { http, queue, mail } = configuration;
  const app = await prepare(configuration, queue.redisUrl ? 'http' : 'all');
  await app.listen(http.port, http.host);
  console.log(`
Customer Identity is up at ${http.publicUrl}
  Swagger, admin API:       ${http.publicUrl}/docs/admin
  Swagger, storefront API:  ${http.publicUrl}/docs/storefront
  Mails:                    ${mail.smtpUrl ? 'sent over SMTP' : mail.outbox}
  Next: log in with POST ${http.publicUrl}/admin/api/auth/login, or see the whole journey with \`npm run demo\`.
`);
}

main().catch(refuseStart);
