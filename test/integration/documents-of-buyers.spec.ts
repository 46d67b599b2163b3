import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import type { PermissionMatrix } from '../../src/platform/context/index.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { CustomerUserRole } from '../../src/roles/customer-user-role.entity.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';
import { startProduct } from '../support/product.js';
import { entitiesOfTheProduct } from '../support/entities.js';

jest.setTimeout(60_000);

const OWN = { order: { view: 'own' }, quote: { view: 'own' }, quote_request: { view: 'own' }, shopping_list: { view: 'own' } };

describe('The predefined Buyer', () => {
  it('sees his own documents, and has no other right to them', async () => {
    const product = await startProduct();
    try {
      const { email } = await aCustomerUser(product.admin);
      const caller = product.as((await product.logIn(email, PASSWORD)).accessToken);
      const { permissions } = (await caller.get<{ permissions: Record<string, Record<string, string>> }>('/api/me/permissions')).body;

      for (const entity of Object.keys(OWN)) {
        const held = Object.entries(permissions[entity] ?? {}).filter(([, level]) => level !== 'none');
        expect([entity, held]).toEqual([entity, [['view', 'own']]]);
      }
    } finally {
      await product.close();
    }
  });

  describe('of an organization that is there already', () => {
    let database: EmptyDatabase;
    let dataSource: DataSource;

    beforeAll(async () => {
      database = await anEmptyDatabase();
      dataSource = await openDataSource({ ...dataSourceOptions(database.settings), entities: await entitiesOfTheProduct() });
      await dataSource.runMigrations();
    });
    afterAll(async () => {
      await dataSource.destroy();
      await database.drop();
    });

    const aRole = async (code: string, permissions: PermissionMatrix['permissions']) => {
      const now = new Date();
      const stamps = { createdAt: now, updatedAt: now };
      const { identifiers } = await dataSource.getRepository('organizations').insert({ name: code, enabled: true, ...stamps });
      const organizationId = Number(identifiers[0]?.['id']);
      const matrix = { permissions, capabilities: { update_own_profile: true } };
      const place = { organizationId, customerId: null, customerKey: 0, selfManaged: true, public: true, root: 'none' as const };
      const role = Object.assign(new CustomerUserRole(), { ...place, label: 'A role', code, matrix, ...stamps });
      const { id } = await dataSource.getRepository(CustomerUserRole).save(role);
      return async () => (await dataSource.getRepository(CustomerUserRole).findOneByOrFail({ id })).matrix;
    };

    it('gets to see them as well, but where somebody has decided otherwise', async () => {
      const Migration = migrations.find(({ name }) => name.startsWith('ShowBuyersTheirDocuments'));
      const migration = Migration && new Migration();
      const buyer = await aRole('ROLE_FRONTEND_BUYER', { customer: { view: 'customer' }, order: { view: 'customer', edit: 'own' } });
      const other = await aRole('ROLE_FRONTEND_OTHER', {});
      const runner = dataSource.createQueryRunner();

      await migration?.up(runner);
      expect(await buyer()).toEqual({
        permissions: { ...OWN, customer: { view: 'customer' }, order: { view: 'customer', edit: 'own' } },
        capabilities: { update_own_profile: true },
      });
      expect((await other()).permissions).toEqual({});

      await migration?.down(runner);
      expect((await buyer()).permissions).toEqual({ customer: { view: 'customer' } });
      await runner.release();
    });
  });
});
