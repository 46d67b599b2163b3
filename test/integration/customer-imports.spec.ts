import { Customer } from '../../src/customers/customer.entity.js';
import { CustomerPath } from '../../src/customers/customer-path.entity.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aFileOf, type Cells, ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

const HEADER = ['Id', 'Name', 'Parent Id', 'Group Name', 'Owner Id', 'Internal rating Id', 'External Id'];

describe('Imports of customers', () => {
  let product: Product;
  let desk: ImportDesk;
  let topId: number;

  beforeAll(async () => {
    product = await startProduct();
    desk = new ImportDesk(product, 'customers');
    topId = (await product.admin.post<{ id: number }>('/admin/api/customers', { name: 'Northwind' })).body.id;
    await product.admin.post('/admin/api/customer-groups', { name: 'Wholesale' });
    await product.admin.post('/admin/api/custom-fields', { entity: 'customer', name: 'Region', type: 'string' });
  });

  afterAll(() => product.close());

  const aFile = (...rows: Cells[]): string => aFileOf(HEADER, ...rows);

  const customer = (name: string) => product.work.repository(Customer).findOneByOrFail({ name });

  const ancestorsOf = async (id: number): Promise<number[]> => {
    const paths = await product.work.repository(CustomerPath).find({ where: { descendantId: id }, order: { depth: 'ASC' } });
    return paths.map(({ ancestorId }) => ancestorId);
  };

  it('make, change and leave customers, and keep their tree', async () => {
    const first = await desk.import(
      aFile(
        { Name: 'East', 'Parent Id': topId, 'Group Name': 'Wholesale', 'Internal rating Id': 4, 'External Id': 'E-1' },
        { Name: 'West', 'Owner Id': 1 },
      ),
    );
    expect(first).toMatchObject({ status: 'completed', counts: { added: 2 } });
    const [east, west] = [await customer('East'), await customer('West')];
    expect(east).toMatchObject({ parentId: topId, internalRating: 4, externalId: 'E-1', ownerId: 1, version: 1 });
    expect(await ancestorsOf(east.id)).toEqual([east.id, topId]);

    const second = await desk.import(
      aFile({ Id: west.id, 'Parent Id': east.id }, { Name: 'East', 'Internal rating Id': 5 }, { 'External Id': 'E-1' }),
    );

    expect(second.counts).toMatchObject({ replaced: 2, unchanged: 1 });
    expect(await ancestorsOf(west.id)).toEqual([west.id, east.id, topId]);
    expect(await customer('East')).toMatchObject({ internalRating: 5, groupId: east.groupId, version: 2 });
    const { body } = await product.admin.get<{ items: object[] }>('/admin/api/audit-events?filter[entity]=customer&sort=-id&limit=2');
    expect(body.items).toEqual([
      expect.objectContaining({ via: 'import', changes: { internalRating: { old: 4, new: 5 } } }),
      expect.objectContaining({ via: 'import', changes: { parentId: { old: null, new: east.id } } }),
    ]);
  });

  it('say of each bad row what is wrong with it', async () => {
    await desk.import(aFile({ Name: 'Loop' }, { Name: 'Twin', 'External Id': 'T-1' }, { Name: 'Twin', 'External Id': 'T-2' }));
    const loop = await customer('Loop');
    await desk.import(aFile({ Name: 'Below', 'Parent Id': loop.id }));
    const below = await customer('Below');

    const run = await desk.import(
      aFile(
        { Id: loop.id, 'Parent Id': below.id },
        { Name: 'Odd', 'Parent Id': 4711, 'Group Name': 'Nobody', 'Owner Id': 4711, 'Internal rating Id': 6 },
        { Id: 4711, Name: 'Lost' },
        { 'Parent Id': topId },
        { Name: 'Twin', 'Internal rating Id': 1 },
        { Id: loop.id, 'External Id': 'T-1' },
      ),
    );

    expect(run.counts).toMatchObject({ failed: 6 });
    expect(await desk.errorsOf(run)).toEqual([
      'row 1, Parent Id: a customer cannot be below itself or below one of its subsidiaries',
      'row 2, Internal rating Id: must be a whole number from 1 to 5',
      'row 2, Group Name: there is no such customer group',
      'row 2, Owner Id: there is no such user',
      'row 2, Parent Id: there is no such parent customer',
      'row 3, Id: there is no such customer',
      'row 4, Name: is required',
      'row 5, Name: several customers are called so: give the Id of the one that is meant',
      'row 6, External Id: another customer has this external id',
    ]);
  });

  it('refuse a circle that two rows of a file would make together', async () => {
    await desk.import(aFile({ Name: 'One' }, { Name: 'Two' }));
    const [one, two] = [await customer('One'), await customer('Two')];

    const run = await desk.import(aFile({ Id: one.id, 'Parent Id': two.id }, { Id: two.id, 'Parent Id': one.id }));

    expect(run.counts).toMatchObject({ replaced: 1, failed: 1 });
    expect(await ancestorsOf(one.id)).toEqual([one.id, two.id]);
  });

  it('take a name twice for one customer, in a validation as well', async () => {
    const file = aFile({ Name: 'Again' }, { Name: 'AGAIN' }, { Name: 'Again', 'Internal rating Id': 2 });

    expect((await desk.import(file, { mode: 'validate' })).counts).toMatchObject({ added: 2, replaced: 1 });
    expect((await desk.import(file)).counts).toMatchObject({ added: 2, replaced: 1 });
    expect(await customer('Again')).toMatchObject({ internalRating: 2 });
  });

  it('rename who is found by an external id, unless somebody else is called so', async () => {
    await desk.import(aFile({ Name: 'Acme', 'External Id': 'ERP-1' }, { Name: 'Beta' }, { Name: 'Acme', 'External Id': 'ERP-2' }));

    const run = await desk.import(
      aFile(
        { Name: 'Beta', 'External Id': 'ERP-1' },
        { Name: 'Acme', 'External Id': 'ERP-2' },
        { Name: 'Acme Industrial', 'External Id': 'ERP-2' },
      ),
    );

    expect(run.counts).toMatchObject({ failed: 1, unchanged: 1, replaced: 1 });
    expect(await desk.errorsOf(run)).toEqual(['row 1, External Id: another customer has this external id']);
    expect([await customer('Acme'), await customer('Acme Industrial')]).toMatchObject([{ externalId: 'ERP-1' }, { externalId: 'ERP-2' }]);
  });

  it.each([0, 2_000])('refuse an external id that an earlier row gave to another name, %d rows later', async (apart) => {
    const own = `N-${apart}`;
    const others = Array.from({ length: apart }, (_, i) => ({ Name: `Between ${i}` }));
    const given = { Name: `Gamma ${apart}`, 'External Id': own };
    const file = aFile(given, ...others, { ...given, Name: `Delta ${apart}` }, { ...given, 'Internal rating Id': 3 });

    for (const mode of ['validate', 'import']) {
      const run = await desk.import(file, { mode });

      expect(run.counts).toMatchObject({ added: apart + 1, replaced: 1, failed: 1 });
      expect(await desk.errorsOf(run)).toEqual([`row ${apart + 2}, External Id: row 1 gives this external id to another customer`]);
    }
    expect(await customer(`Gamma ${apart}`)).toMatchObject({ externalId: own, internalRating: 3 });
  });

  it('pass over lines of empty cells, which have no number', async () => {
    const run = await desk.import('Name,Parent Id\n,\nFirst of all,\n , \n"",""\nSecond,x\n,\n,\n');

    expect(run.counts).toMatchObject({ read: 2, added: 1, failed: 1 });
    expect(await desk.errorsOf(run)).toEqual([expect.stringMatching(/^row 2, Parent Id: /)]);
    expect((await product.admin.get<string>(`/admin/api/imports/${run.id}/error-file`)).body).toMatch(
      /^Name,Parent Id,Errors\r\nSecond,x,/,
    );
    expect((await desk.import('Name,Parent Id\nThird,\n,,\n')).error).toMatchObject({ code: 'imports.ragged_row' });
  });

  it('leave what was exported unchanged, with external ids and custom fields when they are asked for', async () => {
    const header = [...HEADER, 'Region'];
    await desk.import(aFileOf(header, { Name: '=Sum', 'External Id': 'S-1', Region: 'North' }));

    const file = await desk.export({ columns: header, filter: { name: '=Sum' } });

    expect(file.split('\r\n').slice(0, 2)).toEqual([header.join(','), expect.stringMatching(/^\d+,'=Sum,,,1,,S-1,North$/)]);
    const all = await desk.export();
    expect(all.split('\r\n')[0]).toBe(HEADER.slice(0, 6).join(','));
    const again = await desk.import(all);
    expect(again.counts['unchanged']).toBe(again.counts['read']);
    expect((await desk.import(file)).counts).toMatchObject({ unchanged: 1 });
  });

  it('go no further than the rights of the importer', async () => {
    await desk.import(aFile({ Name: 'Ours' }));
    const seller = await aConsoleCaller(product, {
      rights: { 'customer:view': 'own', 'customer:create': 'own' },
      capabilities: ['import'],
    });
    const ours = await customer('Ours');

    const run = await desk
      .as(seller)
      .import(aFile({ Id: ours.id, 'Internal rating Id': 1 }, { Name: 'Mine' }, { Name: 'His', 'Owner Id': 1 }));

    expect(await desk.as(seller).errorsOf(run)).toEqual([
      'row 1, Id: there is no such customer',
      'row 3, Owner Id: must be yourself: you may create your own customers alone',
    ]);
    expect((await customer('Mine')).ownerId).toBe(seller.userId);
  });

  it('offer a template', async () => {
    const { body } = await product.admin.get<string>('/admin/api/import-templates/customers');

    expect(body).toBe(`${HEADER.join(',')},Region\r\n,Acme Industrial,,,,4,ERP-1001,A line\r\n`);
  });
});
