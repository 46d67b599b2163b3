import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { ConsentView } from '../../src/consents/index.js';
import type { DatabaseSettings } from '../../src/platform/config/index.js';
import { LedgerEntry } from '../../src/consents/ledger.entity.js';
import { aCustomerUser, PASSWORD as BUYERS } from '../factories/customer-users.js';
import { ProductProcess } from '../support/product-process.js';
import { type Product, startProduct } from '../support/product.js';

const NAME = `ledger_${randomBytes(4).toString('hex')}`;
const PASSWORD = 'Only-in-tests-1';

/** What `consents:verify` reads. */
const READ = ['consent_ledger', 'consent_ledger_heads', 'consent_ledger_origins', 'consent_translations'];

/** Runs statements as the server's administrator. */
async function asRoot({ kind, location }: DatabaseSettings, statements: readonly string[]): Promise<void> {
  if (kind === 'sqlite') throw new Error('SQLite knows no users.');
  const root = await new DataSource({ type: kind, url: location.replace(/^mariadb:/, 'mysql:') }).initialize();
  for (const statement of statements) await root.query(statement);
  await root.destroy();
}

const as = (user: string, { kind, location }: DatabaseSettings): DatabaseSettings => {
  const url = new URL(location);
  Object.assign(url, { username: user, password: PASSWORD });
  return { kind, location: url.href };
};

describe('The ledger, for a database user who can only add to it', () => {
  let product: Product;
  let owned: DatabaseSettings;
  let consent: ConsentView;

  beforeAll(async () => {
    product = await startProduct({}, async (settings) => {
      owned = settings;
      const database = new URL(settings.location).pathname.slice(1);
      const source = await new DataSource({ type: 'mariadb', url: settings.location.replace(/^mariadb:/, 'mysql:') }).initialize();
      const tables = await source.query<{ name: string }[]>(
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
        [database],
      );
      await source.destroy();
      const rightsOn = (table: string) => (table === 'consent_ledger' ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE');
      await asRoot(settings, [
        ...['app', 'reader'].map((user) => `CREATE USER ${NAME}_${user}@'%' IDENTIFIED BY '${PASSWORD}'`),
        ...tables.map(({ name }) => `GRANT ${rightsOn(name)} ON ${database}.${name} TO ${NAME}_app@'%'`),
        ...READ.map((table) => `GRANT SELECT ON ${database}.${table} TO ${NAME}_reader@'%'`),
      ]);
      return as(`${NAME}_app`, settings);
    });
    consent = (await product.admin.post<ConsentView>('/admin/api/consents', { name: 'Terms', text: 'Be kind.', mandatory: true })).body;
  });
  afterAll(async () => {
    // Before their database is gone, which the administrator's connection names.
    await asRoot(
      owned,
      ['app', 'reader'].map((user) => `DROP USER ${NAME}_${user}@'%'`),
    );
    await product.close();
  });

  it('takes acceptances and withdrawals', async () => {
    const { email } = await aCustomerUser(product.admin, { confirmed: true });
    const buyer = product.as((await product.logIn(email, BUYERS)).accessToken);

    expect((await buyer.post('/api/me/consents', { consentId: consent.id, version: 1 })).status).toBe(201);
    expect((await buyer.delete(`/api/me/consents/${consent.id}`)).status).toBe(204);

    expect((await product.work.repository(LedgerEntry).find()).map(({ act }) => act)).toEqual(['accepted', 'withdrawn']);
  });

  it.each(["UPDATE consent_ledger SET act = 'withdrawn'", 'DELETE FROM consent_ledger'])('refuses %s', async (statement) => {
    await expect(product.work.manager.query(statement)).rejects.toThrow(/command denied/);
  });

  it('is verified by one who can only read it', async () => {
    const environment = { DATABASE_URL: as(`${NAME}_reader`, owned).location, LOG_LEVEL: 'silent' };
    const verify = () => ProductProcess.run('src/commands/consents-verify.ts', product.configuration.process.dataDir, environment);

    expect(await verify()).toContain('2 entries are sound');
    await asRoot(owned, ["UPDATE consent_ledger SET act = 'accepted' WHERE sequence = 2"]);
    await expect(verify()).rejects.toThrow(/ended with 1:\nOrganization \d+: broken at entry 2/);
  });
});
