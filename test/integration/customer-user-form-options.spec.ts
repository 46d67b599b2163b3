import type { FormOptionsView } from '../../src/customer-users/form-options.dto.js';
import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aCustomerRole, aLocalization, anOrganization, aWebsite } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users/form-options';
const [ADMINISTRATOR, BUYER, VISITOR] = [1, 2, 3];

describe('What a form for a customer user offers', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const options = (query = '', caller = admin) => caller.get<FormOptionsView & Refused>(`${PATH}${query}`);
  const idsOf = (things: readonly { id: number }[]) => things.map(({ id }) => id);

  it('with nothing chosen is all of the organization, and no localization while there is one alone', async () => {
    const { status, body } = await options();

    expect([status, body]).toEqual([
      200,
      {
        roles: [
          { id: ADMINISTRATOR, code: 'ROLE_FRONTEND_ADMINISTRATOR', label: 'Administrator', customerId: null },
          { id: BUYER, code: 'ROLE_FRONTEND_BUYER', label: 'Buyer', customerId: null },
          { id: VISITOR, code: 'ROLE_FRONTEND_ANONYMOUS', label: 'Non-authenticated visitors', customerId: null },
        ],
        websites: [{ id: 1, name: 'Default' }],
        localizations: [],
        salesRepresentatives: [{ id: 1, fullName: 'First Administrator' }],
        owners: [{ id: 1, fullName: 'First Administrator' }],
        defaults: { websiteId: 1, roleIds: [BUYER], ownerId: 1, salesRepresentativeIds: [], preferredLocalizationId: null },
      },
    ]);
  });

  it('for a customer are his roles and nobody else’s, and his people as defaults', async () => {
    const [owner, seller] = [await aConsoleUser(product, { lastName: 'Adams' }), await aConsoleUser(product, { lastName: 'Zimmer' })];
    await aConsoleUser(product, { lastName: 'Gone', enabled: false });
    const customer = await aCustomer(admin, { ownerId: owner.id, salesRepresentativeIds: [seller.id] });
    const role = await aCustomerRole(product, customer.id);
    await aCustomerRole(product, (await aCustomer(admin)).id);

    const { body } = await options(`?customerId=${customer.id}`);

    expect(idsOf(body.roles)).toEqual([ADMINISTRATOR, BUYER, VISITOR, role]);
    expect(body.owners.map(({ fullName }) => fullName)).toEqual(['Sam Adams', 'First Administrator', 'Sam Zimmer']);
    expect(body.defaults).toMatchObject({ ownerId: owner.id, salesRepresentativeIds: [seller.id] });
    const made = await aCustomerUser(admin, { customerId: customer.id, roleIds: idsOf(body.roles), ownerId: owner.id });
    expect([made.owner?.id, idsOf(made.salesRepresentatives)]).toEqual([owner.id, [seller.id]]);
  });

  it('for a website are its localizations, where there is a choice, and its role', async () => {
    const { id: websiteId, localizationId } = await aWebsite(product);
    await admin.patch(`/admin/api/websites/${websiteId}`, { defaultRoleId: ADMINISTRATOR });
    const second = await aLocalization(product, 1, websiteId);

    const [chosen, standard] = [await options(`?websiteId=${websiteId}`), await options()];

    expect(idsOf(chosen.body.localizations)).toEqual([localizationId, second.id]);
    expect(chosen.body.defaults).toMatchObject({ websiteId, roleIds: [ADMINISTRATOR] });
    expect(idsOf(standard.body.localizations)).toEqual([1]);
    expect(idsOf(standard.body.websites)).toContain(websiteId);
  });

  it('is not for a customer or a website that could not be chosen', async () => {
    const { id: organizationId, websiteId } = await anOrganization(product);
    const foreign = await aCustomer(await aConsoleCaller(product, { organizationId }));
    const caller = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization', 'customer:view': 'own' } });
    const unseen = await aCustomer(admin);

    for (const [customerId, website, asked] of [
      [foreign.id, websiteId, admin],
      [unseen.id, 999_999, caller],
    ] as const) {
      const { status, body } = await options(`?customerId=${customerId}&websiteId=${website}`, asked);
      expect([status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
        400,
        ['customerId customer_users.customer_unknown', 'websiteId customer_users.website_unknown'],
      ]);
    }
  });

  it('is of another organization for those alone who act in every one', async () => {
    const { id: organizationId, websiteId } = await anOrganization(product);
    const { userId } = await aConsoleCaller(product, { organizationId });
    const local = await aConsoleCaller(product);

    const { body } = await options(`?organizationId=${organizationId}`);

    expect([idsOf(body.websites), idsOf(body.owners), body.roles.some(({ id }) => id === BUYER)]).toEqual([[websiteId], [userId], false]);
    expect((await options(`?organizationId=${organizationId}`, local)).status).toBe(400);
  });

  it.each(['customerId=x', 'customerId=0', 'websiteId=1.5', 'websiteId=9007199254740993', 'customerId=1&customerId=2', 'colour=red'])(
    'is refused for %s',
    async (query) => {
      expect((await options(`?${query}`)).status).toBe(400);
    },
  );

  it('is for those who may see customer users', async () => {
    const caller = await aConsoleCaller(product, { rights: { 'customer:view': 'organization' } });

    expect((await options('', caller)).body.detail).toBe('This needs the permission customer_user:view.');
  });
});
