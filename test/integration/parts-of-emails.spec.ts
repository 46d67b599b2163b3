import { DataSource } from 'typeorm';
import { PackedEmails } from '../../src/customer-users/index.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import type { Listed } from '../support/client.js';
import { type Product, startProduct } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

const PATH = '/admin/api/customer-users';

const [ANN, BERTA, CELIK] = ['Ann@Parts.example', 'berta@parts.example', 'çelik_100%@parts.example'];
// Of two neighbours in a block, no part goes from one to the other.
const PARTS = ['@PARTS', 'nn@parts', 'çelik_', '100%', 'k%1', 'example\nberta'];
const EXPECTED = [[ANN, BERTA, CELIK], [ANN], [CELIK], [CELIK], [], []];

describe('A search by a part of an email address', () => {
  let product: Product;
  let people: CustomerUserBody[];

  beforeAll(async () => {
    product = await startProduct();
    people = [];
    for (const email of [ANN, BERTA, CELIK]) people.push(await aCustomerUser(product.admin, { email, password: undefined }));
  });
  afterAll(() => product.close());

  const pack = () => product.inside(PackedEmails).run();
  const found = async (part: string, more = '') => {
    const query = new URLSearchParams({ 'filter[email][contains]': part, sort: 'id' });
    const { status, body } = await product.admin.get<Listed<CustomerUserBody>>(`${PATH}?${query.toString()}${more}`);
    expect(status).toBe(200);
    return body.items.map(({ email }) => email);
  };
  const unpacked = () => product.inside(DataSource).query('SELECT customer_user_id FROM customer_user_unpacked_emails');
  const foundByEach = () => Promise.all(PARTS.map((part) => found(part)));

  it('finds who is not packed yet', async () => {
    expect(await foundByEach()).toEqual(EXPECTED);
  });

  it('finds who is packed, without a look at each address', async () => {
    await pack();
    expect(await unpacked()).toEqual([]);
    expect(await foundByEach()).toEqual(EXPECTED);
    const [places, ids] = (await statementsOf(product, () => found('berta'))).filter((sql) => /LOCATE|INSTR/.test(sql));
    expect(places).toContain('FROM customer_user_email_blocks');
    expect(ids).toMatch(/BETWEEN \? AND \?/);
  });

  it('finds an address that has changed by its new parts alone, before and after it is packed', async () => {
    const [ann] = people;
    const { status } = await product.admin.patch(`${PATH}/${ann?.id}`, { email: 'a.nn@parts.example' });
    expect(status).toBe(200);
    for (const search of [async () => undefined, pack]) {
      await search();
      expect(await found('a.nn@')).toEqual(['a.nn@parts.example']);
      expect(await found('ann@')).toEqual([]);
    }
  });

  it('leaves a person packed whose address stays', async () => {
    expect((await product.admin.patch(`${PATH}/${people[1]?.id}`, { firstName: 'Bertha' })).status).toBe(200);
    expect(await unpacked()).toEqual([]);
  });

  it('forgets the address of who is deleted', async () => {
    const gone = await aCustomerUser(product.admin, { email: 'gone@parts.example', password: undefined });
    await pack();
    expect((await product.admin.delete(`${PATH}/${gone.id}`)).status).toBe(204);
    await pack();
    const blocks = await product.inside(DataSource).query<{ emails: string | Buffer }[]>('SELECT emails FROM customer_user_email_blocks');
    expect(blocks.map(({ emails }) => String(emails)).join()).not.toContain('gone@');
  });

  it('counts and sorts what it finds', async () => {
    const { body } = await product.admin.get<Listed<CustomerUserBody>>(
      `${PATH}?filter[email][contains]=parts.example&sort=-email&limit=2&total=true`,
    );
    expect([body.items.map(({ email }) => email), body.page.total]).toEqual([['çelik_100%@parts.example', 'berta@parts.example'], 3]);
  });
});
