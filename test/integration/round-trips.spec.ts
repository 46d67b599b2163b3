import { aCustomField } from '../factories/custom-fields.js';
import { ADMINISTRATOR, BUYER } from '../factories/customer-user-roles.js';
import { aCustomer } from '../factories/customers.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

/** What spreadsheets, trimming and careless readers take for something else. */
const AWKWARD = [
  ...['=1+1', '+31 6', '-5', '@SUM(A1)', '＝1+1', "'s-Gravenhage", "'=1", "''", '007', '1e5', '1/2/2003', 'TRUE', 'null'],
  ...['a,b', 'a;b', 'a|b', 'a"b', '"quoted"', '"', '😀👩‍👩‍👧', 'Zoe\u0308', '\u200bnothing before', 'İ', 'Errors'],
];
/** What a text of several lines can have besides. */
const BLANKS = ['  before', 'behind  ', '\tx', '\u00a0x\u00a0', '\u3000wide', 'x\n', '\n=1+1', '\r\n', 'a\r\nb\rc\nd', ' =1'];

describe('A file that was exported', () => {
  let product: Product;
  let desk: ImportDesk;
  beforeAll(async () => {
    product = await startProduct();
    desk = new ImportDesk(product, 'customer-users');
    // Names that files have for something else.
    for (const name of ['Notes', "'=Sum", 'Phone', 'email', 'Roles 1 Role', 'Errors'])
      await aCustomField(product.admin, { name, type: name === 'Notes' ? 'text' : 'string' });
  });
  afterAll(() => product.close());

  it('is imported with every row unchanged, whatever its cells hold', async () => {
    const { id: customerId } = await aCustomer(product.admin);
    for (const [i, text] of [...AWKWARD, ...BLANKS].entries()) {
      const name = AWKWARD.includes(text) ? text : 'Plain';
      const others = { "'=Sum": name, Phone: name, email: name, 'Roles 1 Role': name, Errors: name };
      const names = { firstName: name, middleName: name, lastName: name, externalId: `${name} ${i}` };
      const notes = text.trim() === '' ? `${text}x${text}` : text;
      await aCustomerUser(product.admin, { customerId, ...names, phone: '+31612345678', customFields: { Notes: notes, ...others } });
    }
    const columns = ['ID', 'firstName', 'middleName', 'lastName', 'email', 'roles', 'Phone', 'externalId'];
    const fields = ['Notes', "'=Sum", 'Phone', 'email', 'Roles 1 Role', 'Errors'].map((name) => `customFields.${name}`);

    const file = await desk.export({ columns: [...columns, ...fields] });
    const run = await desk.import(file, { mode: 'validate', differences: 'true' });

    expect((await product.admin.get<{ items: object[] }>(`/admin/api/imports/${run.id}/differences`)).body.items).toEqual([]);
    expect(run).toMatchObject({ status: 'completed', counts: { unchanged: AWKWARD.length + BLANKS.length }, warnings: [] });
    expect(file.split('\r\n')[0]).toBe(
      'ID,First Name,Middle Name,Last Name,Email Address,Roles 1 Role,Phone,External Id,Notes,' +
        "''=Sum,customFields.Phone,customFields.email,customFields.Roles 1 Role,customFields.Errors",
    );
  });

  it('has as many columns for roles as those who are in it need, whoever else holds more', async () => {
    const { id: customerId } = await aCustomer(product.admin);
    const holding = async (...roleIds: number[]) =>
      (await aCustomerUser(product.admin, { customerId, roleIds, enabled: roleIds.length > 0 })).email;
    const [none, one, two] = [await holding(), await holding(BUYER), await holding(ADMINISTRATOR, BUYER)];
    const columns = ['Email Address', 'Roles 1 Role', 'Roles 2 Role'];
    const fileOf = (...emails: string[]) => desk.export({ columns, filter: { email: { in: emails } }, sort: 'id' });
    const [administrator, buyer] = ['ROLE_FRONTEND_ADMINISTRATOR', 'ROLE_FRONTEND_BUYER'];

    expect(await fileOf(none, one)).toBe(`Email Address,Roles 1 Role\r\n${none},\r\n${one},${buyer}\r\n`);
    expect(await fileOf(one, two)).toBe(
      `Email Address,Roles 1 Role,Roles 2 Role\r\n${one},${buyer},\r\n${two},${administrator},${buyer}\r\n`,
    );
  });

  it('keeps a custom field that is called as the column of reasons in the file of its errors', async () => {
    const run = await desk.import('First Name,Last Name,Email Address,customFields.Errors,Enabled\nA,B,bad,mine,0\n');

    const { body } = await product.admin.get<string>(`/admin/api/imports/${run.id}/error-file`);

    expect(body).toBe(
      'First Name,Last Name,Email Address,customFields.Errors,Enabled,Errors\r\n' +
        'A,B,bad,mine,0,Email Address: not a valid email address\r\n',
    );
    const mended = await desk.import(body.replace('bad', 'mended@acme.example'));
    expect(mended).toMatchObject({ status: 'completed', counts: { added: 1 }, warnings: [] });
    const path = '/admin/api/customer-users?filter[email]=mended@acme.example';
    const { body: list } = await product.admin.get<{ items: { customFields: object }[] }>(path);
    expect(list.items[0]?.customFields).toMatchObject({ Errors: 'mine' });
  });
});
