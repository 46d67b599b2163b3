import type { OwnedAddressView } from '../../src/customer-users/addresses/storefront-addresses.dto.js';
import type { Level } from '../../src/platform/context/index.js';
import { anAddressDraft } from '../factories/addresses.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aRoleThatAllows, aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/api/addresses';

type AddressBody = Json<OwnedAddressView>;

describe('Storefront addresses', () => {
  let product: Product;
  let boss: StorefrontCaller;
  let customerId: number;

  beforeAll(async () => {
    product = await startProduct();
    customerId = (await aCustomer(product.admin)).id;
    boss = await aStorefrontCaller(product, { customerId });
  });
  afterAll(() => product.close());

  const colleague = async () => (await aCustomerUser(product.admin, { customerId, password: undefined })).id;
  const add = (members: object, by: Caller = boss, headers = {}) => by.post<AddressBody & Refused>(PATH, anAddressDraft(members), headers);
  const bookOf = async (query: string) => (await boss.get<Listed<AddressBody>>(`${PATH}?${query}`)).body.items;

  it('are added to the book of a colleague, and to that of the customer, under ids of one range', async () => {
    const customerUserId = await colleague();
    const [his, ours] = [await add({ customerUserId }), await add({ customerId })];

    expect([his.status, his.headers.get('location'), his.headers.get('etag')]).toEqual([201, `${PATH}/${his.body.id}`, '"1"']);
    expect(his.body).toMatchObject({ customerUserId, customerId: null, primary: true });
    expect(ours.body).toMatchObject({ customerId, customerUserId: null, primary: true });
    expect(ours.body.id).toBeGreaterThan(his.body.id);
    expect((await boss.get<AddressBody>(`${PATH}/${ours.body.id}`)).body).toEqual(ours.body);
    expect((await bookOf(`customerUserId=${customerUserId}`)).map(({ id }) => id)).toEqual([his.body.id]);
    expect(await historyOf(product, 'customer', customerId)).toEqual(
      expect.arrayContaining([expect.objectContaining({ actorType: 'customer-user', actorId: boss.person.id, action: 'changed' })]),
    );
  });

  it('keep one primary address and one default of a type', async () => {
    const customerUserId = await colleague();
    const first = (await add({ customerUserId, types: [{ type: 'billing', default: true }] })).body;
    const second = (await add({ customerUserId, primary: true, types: [{ type: 'billing', default: true }] })).body;

    const book = await bookOf(`customerUserId=${customerUserId}`);
    const refused = await boss.patch<AddressBody & Refused>(`${PATH}/${second.id}`, { primary: false });

    expect(book.map(({ id, primary, types }) => [id, primary, types[0]?.default])).toEqual([
      [first.id, false, false],
      [second.id, true, true],
    ]);
    expect(refused.body.errors?.[0]?.code).toBe('addresses.primary_required');
    expect((await boss.delete(`${PATH}/${second.id}`)).status).toBe(204);
    expect((await bookOf(`customerUserId=${customerUserId}`))[0]).toMatchObject({ id: first.id, primary: true });
  });

  it('have one primary address also when several are added at once', async () => {
    const customerUserId = await colleague();

    const answers = await Promise.all([1, 2, 3].map(() => add({ customerUserId, primary: true })));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await bookOf(`customerUserId=${customerUserId}`)).filter(({ primary }) => primary)).toHaveLength(1);
  });

  it('name exactly one owner', async () => {
    const both = { customerId, customerUserId: boss.person.id };
    const answers = [
      await add({}),
      await add(both),
      await boss.get(PATH),
      await boss.get(`${PATH}?customerId=${customerId}&customerUserId=${boss.person.id}`),
    ];

    expect(answers.map(({ status, body }) => [status, body.errors?.[0]?.pointer, body.errors?.[0]?.code])).toEqual([
      [400, '/customerUserId', 'addresses.one_owner'],
      [400, '/customerUserId', 'addresses.one_owner'],
      [400, 'customerUserId', 'addresses.one_owner'],
      [400, 'customerUserId', 'addresses.one_owner'],
    ]);
    expect((await boss.get(`${PATH}?customerUserId=x`)).body.errors?.[0]?.code).toBe('listing.invalid_value');
  });

  it('never change their owner', async () => {
    const { id } = (await add({ customerId })).body;
    const answers = [
      await boss.patch(`${PATH}/${id}`, { customerUserId: boss.person.id }),
      await boss.patch(`${PATH}/${id}`, { customerId }),
    ];

    expect(answers.map(({ body }) => body.errors?.[0]?.code)).toEqual(['unknown_member', 'unknown_member']);
  });

  it('tell all that is wrong in one answer', async () => {
    const refused = await add({ customerId, street: undefined, countryCode: 'XX', types: [{ type: 'home' }], surprise: 1 });

    expect(refused.body.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/countryCode', '/street', '/surprise', '/types/0/type']);
  });

  it('are changed in the version that is demanded, once for one Idempotency-Key, and found by filters', async () => {
    const customerUserId = await colleague();
    const headers = { 'idempotency-key': 'address' };
    const { id } = (await add({ customerUserId, city: 'Utica' }, boss, headers)).body;
    const again = await add({ customerUserId, city: 'Utica' }, boss, headers);

    expect(again.body.id).toBe(id);
    expect((await boss.patch(`${PATH}/${id}`, { label: 'Plant' }, { 'if-match': '"2"' })).status).toBe(412);
    expect((await boss.patch<AddressBody>(`${PATH}/${id}`, { label: 'Plant' }, { 'if-match': '"1"' })).body).toMatchObject({ version: 2 });
    expect(await bookOf(`customerUserId=${customerUserId}&filter[city]=Albany`)).toEqual([]);
    expect(await bookOf(`customerUserId=${customerUserId}&filter[city]=Utica&sort=-createdAt`)).toHaveLength(1);
  });

  it('of the kind that somebody holds no permission for are not there, or refused with it', async () => {
    const levels: Record<string, Level> = {
      ...{ 'customer:view': 'customer', 'customer_user:view': 'customer', 'customer_address:view': 'customer' },
      ...{ 'customer_user_address:view': 'own', 'customer_user_address:edit': 'own' },
    };
    const by = await aStorefrontCaller(product, { customerId, roleIds: [await aRoleThatAllows(product, levels)] });
    const theirs = (await add({ customerUserId: await colleague() })).body.id;
    const own = (await add({ customerUserId: by.person.id })).body.id;
    const ours = (await add({ customerId })).body.id;
    const outcome = async (answer: Promise<{ status: number; body: Refused }>) => {
      const { status, body } = await answer;
      return status < 400 ? `${status}` : `${status} ${body.detail}`;
    };

    expect(await outcome(by.get(`${PATH}/${theirs}`))).toBe('404 There is no such address.');
    expect(await outcome(by.patch(`${PATH}/${theirs}`, { label: 'X' }))).toBe('404 There is no such address.');
    expect(await outcome(by.patch(`${PATH}/${own}`, { label: 'X' }))).toBe('200');
    expect(await outcome(by.get(`${PATH}/${ours}`))).toBe('200');
    expect(await outcome(by.patch(`${PATH}/${ours}`, { label: 'X' }))).toBe('403 This needs the permission customer_address:edit.');
    expect(await outcome(by.delete(`${PATH}/${own}`))).toBe(
      '403 This needs the permission customer_user_address:delete or customer_address:delete.',
    );
  });
});
