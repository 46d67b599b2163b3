import { parseArgs } from 'node:util';
import { Printer } from './demo/printer.js';
import { DEMO_PASSWORD } from './demo/seed.js';
import { DemoServer } from './demo/server.js';
import { ADMIN, AMANDA, Walk } from './demo/walk.js';

const HELP = `Shows the product: starts a server on a throw-away data folder, loads demo companies, and walks from the first login
to the last file over HTTP. Leaves the server running until Ctrl+C.

  npm run demo
  npm run demo -- --exit   ends after the walk
`;

const printer = new Printer();

/** The exit code of a program that a signal ended, as shells have it for SIGINT. */
const INTERRUPTED = 130;

async function demo(exit: boolean): Promise<number> {
  const server = await DemoServer.prepare(ADMIN.password);
  const walk = new Walk(server, printer);
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      interrupted = true;
      void server.stop();
    });
  const code = await show(server, walk, exit).catch((error: Error) => {
    if (interrupted) return INTERRUPTED;
    console.error(printer.paint(['bold', 'red'], `\nFailed at "${walk.step}": ${error.message}`));
    return 1;
  });
  await server.stop();
  if (code === 1) {
    console.error(`What the server said is in ${server.logFile}, and its data was left in ${server.folder}.`);
  } else {
    await server.removeData();
    console.log(`\nThe server is stopped, and its data in ${server.folder} is removed.`);
  }
  return code;
}

async function show(server: DemoServer, walk: Walk, exit: boolean): Promise<number> {
  console.log(`Starting a server at ${server.url}, with its data in ${server.folder} ...`);
  console.log('Answers are shown in short: long texts and lists are cut, and what is null or empty is left out.');
  await server.start();
  await walk.run();
  if (exit) return 0;
  console.log(farewell(server));
  await server.ended();
  if (!server.stopped) throw new Error('the server has ended by itself');
  return 0;
}

const farewell = ({ url, folder }: DemoServer): string => `
${printer.paint(['bold', 'green'], 'That was the walk. The server goes on, with the demo data:')}
  Server:                   ${url}
  Swagger, admin API:       ${url}/docs/admin
  Swagger, storefront API:  ${url}/docs/storefront
  Admin:                    ${ADMIN.email} / ${ADMIN.password}    (POST /admin/api/auth/login)
  Customer user:            ${AMANDA.email} / ${AMANDA.password}    (POST /api/auth/login)
  People of the companies:  katharina.bauer@bauer-werkzeuge.example and others / ${DEMO_PASSWORD}
  Mails and all other data: ${folder}
Press Ctrl+C to stop the server and remove its data.`;

const { values } = parseArgs({ options: { exit: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
if (values.help) console.log(HELP);
else process.exitCode = await demo(values.exit);
