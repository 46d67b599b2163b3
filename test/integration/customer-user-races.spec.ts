import { CustomerUsers } from '../../src/customer-users/index.js';
import { LifeCycle } from '../../src/customer-users/life-cycle.service.js';
import { CurrentContext, Rights } from '../../src/platform/context/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { Client, type Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';

describe('A customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const act = (id: number, name: string) => admin.post<CustomerUserBody & Refused>(`${PATH}/${id}/${name}`);

  it('is created in a customer who is there, or refused by name when he is deleted at the same moment', async () => {
    const rounds = Array.from({ length: 25 }, async (_, i) => {
      const { id: customerId } = await aCustomer(admin, { name: `Racing customer ${i}` });
      const draft = { email: anEmail(), firstName: 'Racing', lastName: 'Cole', customerId };
      const [made, gone] = await Promise.all([
        admin.post<CustomerUserBody & Refused>(PATH, draft),
        admin.delete<Refused>(`/admin/api/customers/${customerId}`),
      ]);
      return `${made.status} ${made.body.errors?.[0]?.code ?? made.body.code ?? 'created'}, ${gone.status} ${gone.body.code ?? 'deleted'}`;
    });

    const expected = ['201 created, 409 customers.in_use', '400 customer_users.customer_unknown, 204 deleted'];
    for (const outcome of await Promise.all(rounds)) expect(expected).toContain(outcome);
  }, 60_000);

  it('is created once when fifty ask at once for one email address, over connections of their own', async () => {
    await product.app.listen(0, '127.0.0.1');
    const client = new Client(await product.app.getUrl(), admin.token);
    const email = anEmail();
    const draft = { email, firstName: 'Racing', lastName: 'Cole' };

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.post<CustomerUserBody & Refused>(PATH, { ...draft, password: PASSWORD })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 49 }, () => 409)]);
    expect(new Set(answers.map(({ body }) => body.code ?? 'created'))).toEqual(new Set(['created', 'customer_users.email_taken']));
    const { items } = (await client.get<Listed<CustomerUserBody>>(`${PATH}?filter[email]=${email}`)).body;
    expect(items.map(({ id }) => id)).toEqual(answers.flatMap(({ status, body }) => (status === 201 ? [body.id] : [])));
    // No customer is left behind by those who came too late.
    expect((await admin.get<Listed>('/admin/api/customers?filter[name]=Racing%20Cole')).body.items).toHaveLength(1);
  }, 60_000);

  it('is never left enabled without a role by two admins at once', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => aCustomerUser(admin, { enabled: false })));

    const answers = await Promise.all(
      people.flatMap(({ id }) => [act(id, 'enable'), admin.patch<CustomerUserBody & Refused>(`${PATH}/${id}`, { roleIds: [] })]),
    );

    // Whoever came second was refused.
    expect(answers.map(({ status }) => status).sort()).toEqual([...people.map(() => 200), ...people.map(() => 400)]);
    for (const { id } of people) {
      const { body } = await admin.get<CustomerUserBody>(`${PATH}/${id}`);
      expect(body.enabled).toBe(body.roles.length > 0);
    }
  }, 60_000);

  it('is changed by one of two admins who read the same version', async () => {
    const { id } = await aCustomerUser(admin);
    const other = await aConsoleCaller(product);

    const answers = await Promise.all(
      [admin, other].map((caller, n) => caller.patch(`${PATH}/${id}`, { firstName: `Writer ${n}` }, { 'if-match': '"1"' })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body.version).toBe(2);
  });

  describe('never', () => {
    /** Runs an act as a customer user who may do everything. */
    const asHimself = <T>({ id, organizationId, customer }: CustomerUserBody, work: () => T) => {
      const all = { view: 'full', edit: 'full', delete: 'full' } as const;
      const rights = new Rights([{ permissions: { customer_user: all }, capabilities: {} }]);
      const person = { id, organizationId, customerId: customer.id, name: 'Amanda Cole', globalAccess: false, rights };
      return product.inside(CurrentContext).runAs({ side: 'storefront', type: 'customer-user', ...person }, 'api', work);
    };

    it.each<[string, (id: number) => Promise<unknown>]>([
      ['disables himself', (id) => product.inside(LifeCycle).disable(id)],
      ['disables himself by an edit', (id) => product.inside(CustomerUsers).change(id, { members: { enabled: false }, faults: [] })],
      ['resets his password', (id) => product.inside(LifeCycle).resetPassword(id)],
      ['deletes himself', (id) => product.inside(CustomerUsers).remove(id)],
    ])('%s', async (_what, acting) => {
      const person = await aCustomerUser(admin);
      const other = await aCustomerUser(admin, { customerId: person.customer.id, email: anEmail() });

      await expect(asHimself(person, () => acting(person.id))).rejects.toMatchObject({ code: 'customer_users.self' });
      await asHimself(other, () => acting(person.id));
    });
  });
});
