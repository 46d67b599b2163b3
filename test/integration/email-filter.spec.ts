import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';

describe('The filter by email', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
    for (const email of ['Zoe@case.example', 'adam@case.example', 'ÄNNE@case.example'])
      await aCustomerUser(product.admin, { email, password: undefined });
    await aCustomerUser(product.admin, { email: 'Zoe@case.example', guest: true, password: undefined });
  });
  afterAll(() => product.close());

  const found = async (filter: string) => {
    const { status, body } = await product.admin.get<Listed<CustomerUserBody>>(`${PATH}?sort=id&${filter}`);
    expect(status).toBe(200);
    return body.items.map(({ email }) => email);
  };
  const caseInsensitive = async (value: boolean) =>
    expect((await product.admin.put('/admin/api/settings/accounts.caseInsensitiveEmail', { value, organizationId: 1 })).status).toBe(200);

  const ZOES = ['Zoe@case.example', 'Zoe@case.example'];
  const ALL = ['Zoe@case.example', 'adam@case.example', 'ÄNNE@case.example', 'Zoe@case.example'];

  describe.each([
    [
      true,
      { same: ZOES, other: ZOES, start: ZOES, part: ALL, letter: ['ÄNNE@case.example'], not: ['adam@case.example', 'ÄNNE@case.example'] },
    ],
    [false, { same: ZOES, other: [], start: [], part: [], letter: [], not: ALL }],
  ])('with case-insensitive addresses %s', (value, { same, other, start, part, letter, not }) => {
    beforeAll(() => caseInsensitive(value));

    it('finds addresses in the case that counts', async () => {
      expect(await found('filter[email]=Zoe@case.example')).toEqual(same);
      expect(await found('filter[email]=zoe@CASE.example')).toEqual(other);
      expect(await found('filter[email][in]=zoe@case.example')).toEqual(other);
      expect(await found('filter[email][startsWith]=zOE')).toEqual(start);
      expect(await found('filter[email][contains]=CASE.EX')).toEqual(part);
      expect(await found(`filter[email][contains]=${encodeURIComponent('änne')}`)).toEqual(letter);
      expect(await found('filter[email][ne]=zoe@case.example')).toEqual(not);
    });

    it('goes on behind a page', async () => {
      const path = `${PATH}?filter[email][startsWith]=Zoe&limit=1`;
      const first = await product.admin.get<Listed<CustomerUserBody>>(path);
      const second = await product.admin.get<Listed<CustomerUserBody>>(`${path}&cursor=${first.body.page.next}`);
      expect([...first.body.items, ...second.body.items].map(({ email }) => email)).toEqual(same);
    });

    it('means the same among the people of a role', async () => {
      const [{ roles } = { roles: [] }] = (await product.admin.get<Listed<CustomerUserBody>>(`${PATH}?filter[guest]=false`)).body.items;
      const members = `/admin/api/customer-user-roles/${roles[0]?.id}/customer-users`;
      const { body } = await product.admin.get<Listed<CustomerUserBody>>(`${members}?filter[email][startsWith]=zOE`);
      expect(body.items.map(({ email }) => email)).toEqual(start.slice(0, 1));
    });

    it('means the same to bulks and exports', async () => {
      const bulk = await product.admin.post<{ total: number }>(`${PATH}/bulk`, {
        action: 'enable',
        filter: { email: { startsWith: 'zOE' } },
      });
      expect(bulk.body.total).toBe(start.length);
      const { body } = await product.admin.post<{ id: number }>('/admin/api/exports', {
        entity: 'customer-users',
        filter: { email: { startsWith: 'zOE' } },
      });
      const run = async () => (await product.admin.get<{ status: string; rows: number }>(`/admin/api/exports/${body.id}`)).body;
      await eventually(async () => (await run()).status === 'completed', 'the export is completed');
      expect((await run()).rows).toBe(start.length);
    });
  });
});
