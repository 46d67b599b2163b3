import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, aDraft, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aLocalization, anOrganization, aWebsite } from '../factories/organizations.js';
import { aUser } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PEOPLE = '/admin/api/customer-users';
const CUSTOMERS = '/admin/api/customers';

describe('Customers and customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const make = (draft: object, as = admin) => as.post<CustomerUserBody & Refused>(PEOPLE, aDraft(draft));

  it.each(['a', '😀', '𠮷'])('get a customer whose name is never cut within a character: %s', async (letter) => {
    const { status, body } = await make({ firstName: letter.repeat(254), lastName: '😀' });

    expect(status).toBe(201);
    expect(body.customer.name).toBe(`${letter.repeat(254)} `);
    expect((await admin.delete(`${PEOPLE}/${body.id}`)).status).toBe(204);
  });

  it('are one person whichever way an accent is written', async () => {
    expect((await make({ email: 'x\u00e9@accent.example' })).status).toBe(201);
    const again = await make({ email: 'xe\u0301@accent.example' });

    expect([again.status, again.body.code]).toEqual([409, 'customer_users.email_taken']);
    const found = await admin.get<Listed<CustomerUserBody>>(`${PEOPLE}?filter[email]=${encodeURIComponent('xe\u0301@accent.example')}`);
    expect(found.body.items).toHaveLength(1);
  });

  it.each(['/api/password/forgot', '/api/registration/resend', '/api/registration', PEOPLE])(
    'have no half characters in an address: %s',
    async (path) => {
      const { status, body } = await admin.post(path, JSON.stringify({ email: 'X@a.example' }).replace('X', '\\ud800'));

      expect(status).toBe(400);
      expect(body.errors).toContainEqual(expect.objectContaining({ pointer: '/email' }));
    },
  );

  describe('of an organization that is chosen', () => {
    it('are created there by somebody with global access, with what that organization gives', async () => {
      const { id: organizationId, websiteId } = await anOrganization(product);
      const { status, body } = await make({ organizationId });

      expect(status).toBe(201);
      expect(body).toMatchObject({ organizationId, owner: null, website: { id: websiteId } });
      expect((await make({ organizationId, email: body.email })).status).toBe(409);
      expect((await make({ email: body.email })).status).toBe(201);
    });

    it('are created by nobody else', async () => {
      const { id: organizationId } = await anOrganization(product);
      const caller = await aConsoleCaller(product);
      const { status, body } = await make({ organizationId }, caller);

      expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/organizationId']);
    });
  });

  describe('of a sales representative', () => {
    const OWN = { 'customer:view': 'own', 'customer:create': 'own', 'customer:edit': 'own' } as const;

    it('are given away only by who may assign them', async () => {
      const other = await aConsoleUser(product);
      const caller = await aConsoleCaller(product, { rights: OWN });
      const customer = await caller.post<CustomerBody>(CUSTOMERS, { name: 'Mine' });
      expect(customer.status).toBe(201);
      const path = `${CUSTOMERS}/${customer.body.id}`;

      const refused = [await caller.patch(path, { ownerId: other.id }), await caller.patch(path, { salesRepresentativeIds: [other.id] })];

      expect(refused.map(({ status, body }) => `${status} ${body.detail}`)).toEqual(
        Array<string>(2).fill('403 This needs the permission customer:assign.'),
      );
      expect((await caller.patch(path, { name: 'Still mine', ownerId: caller.userId })).status).toBe(200);
    });
  });

  it('keep their version when nothing changes', async () => {
    const customer = await aCustomer(admin, { salesRepresentativeIds: [1] });
    const { id: _id, ...same } = { id: 0, name: customer.name, salesRepresentativeIds: [1], ownerId: 1 };

    const { status, body } = await admin.patch<CustomerBody>(`${CUSTOMERS}/${customer.id}`, same);

    expect([status, body.version, body.updatedAt]).toEqual([200, customer.version, customer.updatedAt]);
  });

  it('are saved as they are though their website has ceased to offer their localization', async () => {
    const website = await aWebsite(product);
    const { id: second } = await aLocalization(product, 1, website.id);
    const person = await aCustomerUser(admin, { websiteId: website.id, preferredLocalizationId: second });
    const dropped = await admin.patch(`/admin/api/websites/${website.id}`, { localizationIds: [website.localizationId] });
    expect(dropped.status).toBe(200);

    const same = { websiteId: website.id, preferredLocalizationId: second, lastName: 'Kept' };
    expect((await admin.patch(`${PEOPLE}/${person.id}`, same)).status).toBe(200);
    await admin.patch(`${PEOPLE}/${person.id}`, { preferredLocalizationId: null });
    expect((await admin.patch(`${PEOPLE}/${person.id}`, same)).body.errors?.[0]?.code).toBe('customer_users.localization_not_offered');
  });

  describe('of a console user who is deleted', () => {
    it('goes to those who represent the same, in lists and in the history', async () => {
      const [leaving, staying] = [await aUser(admin), await aUser(admin)];
      const salesRepresentativeIds = [leaving.id, staying.id];
      const customer = await aCustomer(admin, { salesRepresentativeIds });
      const person = await aCustomerUser(admin, { customerId: customer.id, salesRepresentativeIds });

      expect((await admin.delete(`/admin/api/users/${leaving.id}`)).status).toBe(204);

      const path = `/admin/api/customer-users?filter[salesRepresentativeId]=${staying.id}&sort=salesRepresentativeId`;
      const [listed] = (await admin.get<Listed<CustomerUserBody>>(path)).body.items;
      expect(listed).toMatchObject({ id: person.id, salesRepresentatives: [{ id: staying.id }], version: person.version + 1 });
      const { salesRepresentativeId } = await product.work.repository(CustomerUser).findOneByOrFail({ id: person.id });
      expect(salesRepresentativeId).toBe(staying.id);
      for (const [entity, id] of [
        ['customer', customer.id],
        ['customer_user', person.id],
      ] as const)
        expect((await historyOf(product, entity, id)).at(-1)).toMatchObject({
          action: 'changed',
          actorName: 'First Administrator',
          changes: { salesRepresentativeIds: { old: salesRepresentativeIds, new: [staying.id] } },
        });
    });
  });
});
