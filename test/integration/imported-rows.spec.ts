import { Like } from 'typeorm';
import { HistoryEntry } from '../../src/platform/history/index.js';
import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aFileOf, type Cells, ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

/** Numbers from 0 to 1, the same at every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const HEADER = ['ID', 'First Name', 'Last Name', 'Email Address', 'Customer Id', 'Roles 1 Role', 'Enabled'];

describe('What an import of customer users writes', () => {
  let product: Product;
  let desk: ImportDesk;
  let customerId: number;

  beforeAll(async () => {
    product = await startProduct();
    desk = new ImportDesk(product, 'customer-users');
    customerId = (await product.admin.post<{ id: number }>('/admin/api/customers', { name: 'Northwind' })).body.id;
  });

  afterAll(() => product.close());

  const aRow = (email: string, cells: Cells = {}): Cells => ({
    'First Name': 'Zoë',
    'Last Name': 'Müller',
    'Email Address': email,
    'Customer Id': customerId,
    'Roles 1 Role': 'ROLE_FRONTEND_BUYER',
    ...cells,
  });

  const person = (email: string) => product.work.repository(CustomerUser).findOneByOrFail({ email });

  it('is the same that a POST writes', async () => {
    const work = product.work;
    await product.admin.post('/admin/api/custom-fields', { entity: 'customer_user', name: 'Shoe size', type: 'integer' });
    const { body: own } = await product.admin.post<{ id: number }>('/admin/api/customers', {
      name: 'Représenté & Fils',
      salesRepresentativeIds: [1],
    });
    const roles = await product.admin.get<{ items: { id: number; code: string }[] }>('/admin/api/customer-user-roles');
    const random = numbers(7);
    const rows: Cells[] = [];
    for (let i = 0; i < 40; i++) {
      const given = roles.body.items.filter(() => random() < 0.5);
      const maybe = <T>(value: T): T | undefined => (random() < 0.5 ? value : undefined);
      const person = {
        ...{ firstName: `Zoë-${i} O'Hara`, lastName: `Müller ${i % 3}`, middleName: maybe(`Łukasz ${i}`), namePrefix: maybe('Dr.') },
        ...{ birthday: maybe('1985-03-09'), phone: maybe('+49301234567'), guest: maybe(random() < 0.3), confirmed: maybe(random() < 0.5) },
        enabled: maybe(random() < 0.5),
      };
      const customer = [customerId, own.id, undefined][i % 3];
      const size = maybe(30 + i);
      const roleIds = given.length > 0 ? { roleIds: given.map(({ id }) => id) } : {};
      const fields = size === undefined ? {} : { customFields: { 'Shoe size': size } };
      const email = `Zoë.${i}@api.example`.replace('ë', 'e');
      const draft = { ...person, ...roleIds, ...fields, email, customerId: customer, externalId: `api-${i}` };
      const { status, body } = await product.admin.post('/admin/api/customer-users', draft);
      expect([status, body]).toEqual([201, expect.anything()]);
      const flag = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no');
      rows.push({
        ...{
          'First Name': person.firstName,
          'Last Name': person.lastName,
          'Middle Name': person.middleName,
          'Name Prefix': person.namePrefix,
        },
        ...{ Birthday: person.birthday, Phone: person.phone, Guest: flag(person.guest), Confirmed: flag(person.confirmed) },
        ...{ Enabled: flag(person.enabled), 'Shoe size': size, 'Customer Id': customer, 'External Id': `apj-${i}` },
        ...{
          'Email Address': email.replace('api', 'apj'),
          'Roles 1 Role': given[0]?.code,
          'Roles 2 Role': given[1]?.code,
          'Roles 3 Role': given[2]?.code,
        },
      });
    }
    const columns = [
      'First Name',
      'Last Name',
      'Middle Name',
      'Name Prefix',
      'Birthday',
      'Phone',
      'Guest',
      'Confirmed',
      'Enabled',
      'Shoe size',
    ];
    const run = await desk.import(
      aFileOf([...columns, 'Customer Id', 'External Id', 'Email Address', 'Roles 1 Role', 'Roles 2 Role', 'Roles 3 Role'], ...rows),
    );
    expect(run).toMatchObject({ status: 'completed', counts: { added: 40 } });

    const written = async (source: string) => {
      const people = await work.repository(CustomerUser).find({ where: { externalId: Like(`${source}-%`) }, order: { id: 'ASC' } });
      const all = people.map(async ({ id, customerId: held, createdAt: _created, updatedAt: _updated, ...person }) => ({
        person,
        customer: [customerId, own.id].includes(held) ? held : 'his own',
        words: await ofPerson('CustomerUserWord', id, 'word'),
        roles: await ofPerson('CustomerUserRoleAssignment', id, 'roleId'),
        representatives: await ofPerson('CustomerUserSalesRepresentative', id, 'userId'),
        unpacked: (await ofPerson('CustomerUserUnpackedEmail', id, 'customerUserId')).length,
        history: (await work.repository(HistoryEntry).findBy({ entity: 'customer_user', entityId: id })).map(({ action, changes }) => ({
          action,
          changes: { ...changes, customerId: undefined },
        })),
      }));
      return JSON.parse(JSON.stringify(await Promise.all(all)).replaceAll('apj', 'api')) as unknown[];
    };
    const ofPerson = async (entity: string, customerUserId: number, member: string) =>
      (await work.manager.find<Record<string, unknown>>(entity, { where: { customerUserId }, order: { [member]: 'ASC' } })).map(
        (row) => row[member],
      );
    const [byPost, byImport] = [await written('api'), await written('apj')];
    expect(byPost).toHaveLength(40);
    expect(byImport).toEqual(byPost);
  });

  it('has the owner that it had, unless the importer may assign customer users', async () => {
    await desk.import(aFileOf(HEADER, aRow('owned@northwind.example')));
    const editor = await aConsoleCaller(product, {
      rights: { 'customer_user:view': 'organization', 'customer_user:edit': 'organization' },
      capabilities: ['import'],
    });
    const { id, ownerId } = await person('owned@northwind.example');
    const file = aFileOf(['ID', 'Owner Id'], { ID: id, 'Owner Id': editor.userId });

    const run = await desk.as(editor).import(file);

    expect(await desk.as(editor).errorsOf(run)).toEqual(['row 1, Owner Id: to change it needs the permission customer_user:assign']);
    expect((await person('owned@northwind.example')).ownerId).toBe(ownerId);
    expect((await desk.import(file, { force: 'true' })).counts).toMatchObject({ replaced: 1 });
  });

  it('gives an address to one that another one gives up in the same file', async () => {
    await desk.import(aFileOf(HEADER, aRow('first@northwind.example'), aRow('second@northwind.example')));
    const [first, second] = [await person('first@northwind.example'), await person('second@northwind.example')];

    const run = await desk.import(
      aFileOf(
        HEADER,
        { ID: first.id, 'Email Address': 'moved@northwind.example' },
        { ID: second.id, 'Email Address': 'first@northwind.example' },
        aRow('second@northwind.example', { 'First Name': 'New' }),
      ),
    );

    expect(run.counts).toMatchObject({ added: 1, replaced: 2, failed: 0 });
    expect((await person('moved@northwind.example')).id).toBe(first.id);
    expect((await person('first@northwind.example')).id).toBe(second.id);
    expect(await person('second@northwind.example')).toMatchObject({ firstName: 'New', uniqueEmail: 'second@northwind.example' });
  });

  it.each(['validate', 'import'])(
    'leaves a guest one whose email address somebody has, and takes the good rows beside it: %s',
    async (mode) => {
      const email = `wanted-${mode}@acme.example`;
      await product.admin.post('/admin/api/customer-users', { firstName: 'A', lastName: 'B', email, customerId });
      const guest = { firstName: 'A', lastName: 'B', email, customerId, guest: true };
      const { body } = await product.admin.post<{ id: number }>('/admin/api/customer-users', guest);
      const good = aRow(`beside-${mode}@acme.example`);

      const run = await desk.import(aFileOf([...HEADER, 'Guest'], good, { ID: body.id, Guest: '0' }), { mode });

      expect(run).toMatchObject({ status: 'completed-with-errors', counts: { added: 1, failed: 1 } });
      expect(await desk.errorsOf(run)).toEqual(['row 2, Email Address: another customer user has this email address']);
    },
  );

  it('goes to no customer of several who are called the same, but stays with the one who has it', async () => {
    const [first, second] = [await aCustomer(product.admin, { name: 'Twins' }), await aCustomer(product.admin, { name: 'Twins' })];
    const { email } = await aCustomerUser(product.admin, { customerId: second.id });
    const named = (cells: Cells) => ({ ...aRow('new-twin@acme.example', cells), 'Customer Name': 'Twins' });

    const run = await desk.import(
      aFileOf(
        [...HEADER, 'Customer Name'],
        named({ 'Customer Id': '' }),
        named({ 'Customer Id': first.id }),
        named({ 'Customer Id': '', 'Email Address': email, 'First Name': 'Amanda' }),
      ),
    );

    expect(await desk.errorsOf(run)).toEqual(['row 1, Customer Name: several customers are called so: give the Customer Id']);
    expect((await person('new-twin@acme.example')).customerId).toBe(first.id);
    expect(await person(email)).toMatchObject({ customerId: second.id, lastName: 'Müller' });
  });
});
