import { ADMINISTRATOR, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser, anEmail, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import { type Product, startProduct } from '../support/product.js';

const url = ({ person }: StorefrontCaller) => `/api/customer-users/${person.id}`;

describe('Two storefront admins at once', () => {
  let product: Product;
  let customerId: number;
  let one: StorefrontCaller;
  let other: StorefrontCaller;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());
  beforeEach(async () => {
    customerId = (await aCustomer(product.admin)).id;
    [one, other] = [await aStorefrontCaller(product, { customerId }), await aStorefrontCaller(product, { customerId })];
  });

  const outcomes = async (calls: Promise<{ status: number; body: { code: string } }>[]) =>
    (await Promise.all(calls)).map(({ status, body }) => (status < 300 ? 'done' : `${status} ${body.code}`)).sort();
  const administrators = async () => {
    const filter = `filter[customerId]=${customerId}&filter[roleId]=${ADMINISTRATOR}&filter[enabled]=true&filter[confirmed]=true`;
    return (await product.admin.get<{ items: CustomerUserBody[] }>(`/admin/api/customer-users?${filter}`)).body.items.length;
  };

  // Who comes second may be locked out by the first already: then he is not let in any more.
  const LOST = /^(401 auth\.session_ended|403 auth\.permission_missing|409 customer_users\.last_administrator)$/;

  it.each<[string, (by: StorefrontCaller, of: StorefrontCaller) => Promise<{ status: number; body: { code: string } }>]>([
    ['demote', (by, of) => by.patch(url(of), { roleIds: [BUYER] })],
    ['disable', (by, of) => by.post(`${url(of)}/disable`)],
    ['delete', (by, of) => by.delete(url(of))],
    ['take for unconfirmed', (by, of) => by.patch(url(of), { confirmed: false })],
  ])('who %s each other leave one of them', async (_what, act) => {
    const [lost, done] = await outcomes([act(one, other), act(other, one)]);

    expect([lost, done]).toEqual([expect.stringMatching(LOST), 'done']);
    expect(await administrators()).toBe(1);
  });

  it('leave the last administrator of a subsidiary where he is, whom one would take to another customer', async () => {
    const { id } = await aCustomer(product.admin, { parentId: customerId });
    const last = await aCustomerUser(product.admin, { customerId: id, roleIds: [ADMINISTRATOR] });
    const take = (by: StorefrontCaller) => by.patch(`/api/customer-users/${last.id}`, { customerId });

    expect(await outcomes([take(one), take(other)])).toEqual(Array(2).fill('409 customer_users.last_administrator'));
  });

  it('leave the last administrator of a subsidiary, whom both disable', async () => {
    const { id } = await aCustomer(product.admin, { parentId: customerId });
    const [first, second] = [
      await aCustomerUser(product.admin, { customerId: id, roleIds: [ADMINISTRATOR] }),
      await aCustomerUser(product.admin, { customerId: id, roleIds: [ADMINISTRATOR] }),
    ];
    const disable = (by: StorefrontCaller, { id: whom }: CustomerUserBody) => by.post(`/api/customer-users/${whom}/disable`);

    expect(await outcomes([disable(one, first), disable(other, second)])).toEqual(['409 customer_users.last_administrator', 'done']);
  });

  it('who edit somebody in the same version change him once', async () => {
    const { id } = await aCustomerUser(product.admin, { customerId });
    const edit = (by: StorefrontCaller, lastName: string) => by.patch(`/api/customer-users/${id}`, { lastName }, { 'if-match': '"1"' });

    expect(await outcomes([edit(one, 'First'), edit(other, 'Second')])).toEqual(['412 precondition.stale', 'done']);
  });

  it('who create the same person create him once', async () => {
    const draft = { email: anEmail(), firstName: 'Nora', lastName: 'North' };
    const create = (by: StorefrontCaller) => by.post('/api/customer-users', draft);

    expect(await outcomes([create(one), create(other)])).toEqual(['409 customer_users.email_taken', 'done']);
  });

  it('who move customers below each other move one of them', async () => {
    const [a, b] = [await aCustomer(product.admin, { parentId: customerId }), await aCustomer(product.admin, { parentId: customerId })];
    const move = (by: StorefrontCaller, id: number, parentId: number) => by.patch(`/api/customers/${id}`, { parentId });

    expect(await outcomes([move(one, a.id, b.id), move(other, b.id, a.id)])).toEqual(['400 validation.failed', 'done']);
  });
});
