import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { ADMINISTRATOR } from '../factories/customer-user-roles.js';
import { aConsoleCaller, aConsoleUser, type ConsoleUser } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import { aFileOf, type Cells, ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

describe('In files of customer users', () => {
  let product: Product;
  let desk: ImportDesk;

  beforeAll(async () => {
    product = await startProduct();
    desk = new ImportDesk(product, 'customer-users');
  });

  afterAll(() => product.close());

  it('the owner is named in what somebody exports of another organization', async () => {
    const { id: organizationId } = await anOrganization(product);
    const there = await aConsoleCaller(product, { organizationId });
    const { id, email } = await aCustomerUser(there, { ownerId: there.userId });
    const everywhere = await aConsoleCaller(product, { globalAccess: true, capabilities: ['export'] });

    const file = await desk.as(everywhere).export({ filter: { organizationId }, columns: ['ID', 'email', 'ownerId', 'ownerUsername'] });

    const { body: owner } = await everywhere.get<{ email: string }>(`/admin/api/users/${there.userId}`);
    expect(file).toBe(`ID,Email Address,Owner Id,Owner Username\r\n${id},${email},${there.userId},${owner.email}\r\n`);
  });

  describe('an owner named by email address', () => {
    const HEADER = ['ID', 'First Name', 'Last Name', 'Email Address', 'Customer Name', 'Roles 1 Role', 'Owner Id', 'Owner Username'];
    const aRow = (email: string, cells: Cells): Cells => ({
      ...{ 'First Name': 'Zoë', 'Last Name': 'Müller', 'Email Address': email, 'Customer Name': 'Acme' },
      ...{ 'Roles 1 Role': 'ROLE_FRONTEND_BUYER', ...cells },
    });
    const ownerOf = async (email: string) => (await product.work.repository(CustomerUser).findOneByOrFail({ email })).ownerId;
    let rep: ConsoleUser;

    beforeAll(async () => {
      rep = await aConsoleUser(product);
      await aCustomer(product.admin, { name: 'Acme' });
    });

    it('is the console user who has it, as long as no id says otherwise', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleUser(product, { organizationId });

      const run = await desk.import(
        aFileOf(
          HEADER,
          aRow('named@acme.example', { 'Owner Username': rep.email.toUpperCase() }),
          aRow('by-id@acme.example', { 'Owner Id': 1, 'Owner Username': rep.email }),
          aRow('ignored@acme.example', { 'Owner Id': 1, 'Owner Username': 'nobody@acme.example' }),
          aRow('nobody-s@acme.example', { 'Owner Username': 'nobody@acme.example' }),
          aRow('strange@acme.example', { 'Owner Username': stranger.email }),
          aRow('unread@acme.example', { 'Owner Id': 'x', 'Owner Username': rep.email }),
        ),
      );

      expect(run.counts).toMatchObject({ added: 3, failed: 3 });
      expect(await desk.errorsOf(run)).toEqual([
        'row 4, Owner Username: there is no console user of this email address',
        'row 5, Owner Username: there is no console user of this email address',
        expect.stringMatching(/^row 6, Owner Id: /),
      ]);
      expect([await ownerOf('named@acme.example'), await ownerOf('by-id@acme.example')]).toEqual([rep.id, 1]);
      const again = await desk.import(aFileOf(HEADER, { 'Email Address': 'by-id@acme.example', 'Owner Username': rep.email }));
      expect(again.counts).toMatchObject({ replaced: 1 });
      expect(await ownerOf('by-id@acme.example')).toBe(rep.id);
    });

    it('is no more for an importer to choose than by id', async () => {
      await desk.import(aFileOf(HEADER, aRow('kept@acme.example', { 'Owner Username': rep.email })));
      const people = { 'customer_user:view': 'organization', 'customer_user:edit': 'organization' } as const;
      const editor = await aConsoleCaller(product, {
        rights: { ...people, 'customer_user:create': 'own', 'customer:view': 'organization' },
        capabilities: ['import', 'export'],
      });
      const { email: own } = (await editor.get<{ email: string }>('/admin/api/me')).body;
      const columns = ['ID', 'Email Address', 'Owner Username'];

      const file = await desk.as(editor).export({ columns });
      const same = await desk.as(editor).import(file);
      const run = await desk
        .as(editor)
        .import(
          aFileOf(
            HEADER,
            { 'Email Address': 'kept@acme.example', 'Owner Username': own },
            aRow('new@acme.example', { 'Owner Username': rep.email }),
          ),
        );

      expect(file).toContain(`,kept@acme.example,${rep.email}\r\n`);
      expect(same.counts).toMatchObject({ unchanged: same.counts.read, failed: 0 });
      expect(await desk.as(editor).errorsOf(run)).toEqual([
        'row 1, Owner Username: to change it needs the permission customer_user:assign',
        'row 2, Owner Username: must be yourself: you may create your own customer users alone',
      ]);
    });
  });

  it('an importer changes the email address of nobody who may do more than himself', async () => {
    const rights = { 'customer_user:view': 'organization', 'customer_user:edit': 'organization' } as const;
    const editor = desk.as(await aConsoleCaller(product, { rights, capabilities: ['import'] }));
    const [more, buyer] = [await aCustomerUser(product.admin, { roleIds: [ADMINISTRATOR] }), await aCustomerUser(product.admin)];
    const columns = ['ID', 'Email Address', 'Last Name'];

    const run = await editor.import(
      aFileOf(
        columns,
        { ID: more.id, 'Email Address': 'taken@acme.example', 'Last Name': 'New' },
        { ID: more.id, 'Email Address': more.email, 'Last Name': 'Newer' },
        { ID: buyer.id, 'Email Address': 'moved@acme.example', 'Last Name': 'New' },
      ),
    );

    expect(run.counts).toMatchObject({ replaced: 2, failed: 1 });
    expect(await editor.errorsOf(run)).toEqual(['row 1, Email Address: somebody with more rights than you have keeps his email address']);
  });
});
