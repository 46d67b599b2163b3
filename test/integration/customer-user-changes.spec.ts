import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const [ADMINISTRATOR, BUYER, VISITOR] = [1, 2, 3];

describe('The rules of a change of a customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const change = (id: number, body: object, caller = admin) => caller.patch<CustomerUserBody & Refused>(`${PATH}/${id}`, body);
  const act = (id: number, name: string, headers?: Record<string, string>) =>
    admin.post<CustomerUserBody & Refused>(`${PATH}/${id}/${name}`, undefined, headers);
  const faultsOf = ({ body: { errors = [] } }: { body: Refused }) => errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const roleIdsOf = ({ roles }: CustomerUserBody) => roles.map(({ id }) => id);

  describe('when he moves to another customer', () => {
    it('take the roles of the old one from him, and no other', async () => {
      const [old, next] = [await aCustomer(admin), await aCustomer(admin)];
      const role = await aCustomerRole(product, old.id);
      const { id } = await aCustomerUser(admin, { customerId: old.id, roleIds: [ADMINISTRATOR, role] });

      const { body } = await change(id, { customerId: next.id });

      expect([body.customer.id, roleIdsOf(body)]).toEqual([next.id, [ADMINISTRATOR]]);
      expect((await historyOf(product, 'customer_user', id)).at(-1)?.changes).toEqual({
        customerId: { old: old.id, new: next.id },
        roleIds: { old: [ADMINISTRATOR, role], new: [ADMINISTRATOR] },
      });
    });

    it("give him his website's role when he would be left enabled with none", async () => {
      const [old, next] = [await aCustomer(admin), await aCustomer(admin)];
      const roleIds = [await aCustomerRole(product, old.id)];
      const people = [
        await aCustomerUser(admin, { customerId: old.id, roleIds }),
        await aCustomerUser(admin, { customerId: old.id, roleIds, enabled: false }),
      ];

      const moved = await Promise.all(people.map(({ id }) => change(id, { customerId: next.id })));

      expect(moved.map(({ body }) => roleIdsOf(body))).toEqual([[BUYER], []]);
    });

    it('hold the roles that are chosen for him to the new one', async () => {
      const [old, next] = [await aCustomer(admin), await aCustomer(admin)];
      const [left, chosen] = [await aCustomerRole(product, old.id), await aCustomerRole(product, next.id)];
      const { id } = await aCustomerUser(admin, { customerId: old.id, roleIds: [left] });

      expect(faultsOf(await change(id, { customerId: next.id, roleIds: [left] }))).toEqual([
        '/roleIds/0 customer_users.role_of_other_customer',
      ]);
      expect(roleIdsOf((await change(id, { customerId: next.id, roleIds: [chosen] })).body)).toEqual([chosen]);
    });
  });

  it('write nothing where a change changes nothing', async () => {
    const person = await aCustomerUser(admin, { birthday: '1985-02-28', roleIds: [BUYER, ADMINISTRATOR], salesRepresentativeIds: [1] });
    const same = { firstName: person.firstName, birthday: '1985-02-28', roleIds: [ADMINISTRATOR, BUYER], salesRepresentativeIds: [1] };

    const answers = [await change(person.id, {}), await change(person.id, same)];

    for (const { status, headers, body } of answers) expect([status, headers.get('etag'), body]).toEqual([200, '"1"', person]);
    expect(await historyOf(product, 'customer_user', person.id)).toHaveLength(1);
  });

  it('count a change of what is kept beside him as one of his', async () => {
    const { id } = await aCustomerUser(admin);

    expect((await change(id, { roleIds: [ADMINISTRATOR] })).body.version).toBe(2);
    expect((await change(id, { salesRepresentativeIds: [1] })).body.version).toBe(3);
  });

  describe('let him be given to others', () => {
    const rights = { 'customer_user:view': 'organization', 'customer_user:edit': 'organization' } as const;

    it('by those alone who hold the permission to assign', async () => {
      const { id, owner } = await aCustomerUser(admin, { password: PASSWORD });
      const other = await aConsoleUser(product);
      const editor = await aConsoleCaller(product, { rights });

      for (const given of [{ ownerId: other.id }, { ownerId: null }, { salesRepresentativeIds: [other.id] }]) {
        const { status, body } = await change(id, given, editor);
        expect([status, body.detail]).toEqual([403, 'This needs the permission customer_user:assign.']);
      }
      const kept = await change(id, { ownerId: owner?.id, salesRepresentativeIds: [], roleIds: [VISITOR], firstName: 'Nancy' }, editor);
      expect([kept.status, kept.body.firstName, roleIdsOf(kept.body)]).toEqual([200, 'Nancy', [VISITOR]]);
    });

    it('as far as that permission reaches', async () => {
      const assigner = await aConsoleCaller(product, { rights: { ...rights, 'customer_user:assign': 'own' } });
      const [own, foreign] = [await aCustomerUser(admin, { ownerId: assigner.userId }), await aCustomerUser(admin)];
      const { id: ownerId } = await aConsoleUser(product);

      expect((await change(foreign.id, { ownerId }, assigner)).status).toBe(403);
      expect((await change(own.id, { ownerId }, assigner)).body.owner?.id).toBe(ownerId);
    });
  });

  it.each(['enable', 'disable', 'confirm', 'resend-confirmation', 'reset-password'])(
    'let nobody %s him with a stale version',
    async (name) => {
      const { id } = await aCustomerUser(admin, { confirmed: false });
      await admin.patch(`${PATH}/${id}`, { firstName: 'Nancy' });

      expect((await act(id, name, { 'if-match': '"1"' })).status).toBe(412);
      expect((await act(id, name, { 'if-match': '"2"' })).status).toBe(200);
    },
  );

  it('leave who is enabled as he is when he is enabled again', async () => {
    const { id } = await aCustomerUser(admin);

    expect((await act(id, 'enable')).body.version).toBe(1);
    expect(await historyOf(product, 'customer_user', id)).toHaveLength(1);
  });
});
