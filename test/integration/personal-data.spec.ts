import type { PersonalDataView } from '../../src/customer-users/personal-data.dto.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aKnownPerson, type KnownPerson, TELLING } from '../factories/known-people.js';
import { anOrganization } from '../factories/organizations.js';
import { type Product, startProduct } from '../support/product.js';

type Collected = Json<PersonalDataView>;

describe('All that is held about a person', () => {
  let product: Product;
  let known: KnownPerson;

  beforeAll(async () => {
    product = await startProduct();
    known = await aKnownPerson(product);
  });
  afterAll(() => product.close());

  const collect = (id = known.person.id, caller = product.admin) => caller.post<Collected>(`/admin/api/customer-users/${id}/data-export`);

  it('is collected from every part of the product', async () => {
    const { status, body } = await collect();

    expect(status).toBe(200);
    expect(Object.keys(body.data)).toEqual([
      ...['account', 'applications', 'consents', 'documents', 'history', 'imports'],
      ...['loginAttempts', 'loginFailures', 'mails', 'profile', 'sessions'],
    ]);
    const { email, street, field, wantedEmail, application, browser, formerLastName } = TELLING;
    expect(body.data).toMatchObject({
      account: { pendingEmail: { email: wantedEmail }, openLinks: [{ purpose: 'change-email' }] },
      applications: [{ name: application, clientId: known.clientId, secrets: [{ hint: known.clientSecret.slice(-4) }] }],
      consents: [
        { act: 'accepted', name: 'Terms', text: 'Be kind.', userAgent: browser },
        { act: 'withdrawn', name: 'Terms', text: 'Be kind.' },
      ],
      documents: [{ kind: 'order' }],
      history: {
        changes: expect.arrayContaining([
          expect.objectContaining({ changes: { lastName: { old: formerLastName, new: TELLING.lastName } } }),
        ]) as unknown,
      },
      imports: [
        { importId: known.importId, row: 1, cells: { 'Email Address': email, Birthday: '1971-02-31' }, errors: [{ column: 'Birthday' }] },
      ],
      loginAttempts: [
        { success: false, reason: 'password_wrong', username: email },
        { success: true, username: email },
      ],
      loginFailures: [],
      profile: { email, addresses: [{ street }], birthday: TELLING.birthday },
      sessions: [{ ip: '127.0.0.1' }],
    });
    expect(Object.values((body.data['profile'] as { customFields: object }).customFields)).toEqual([field]);
    expect(JSON.stringify(body.data['mails'])).toContain(email);
  });

  it('holds no secret', async () => {
    const text = JSON.stringify((await collect()).body);

    expect(text).not.toContain(known.clientSecret);
    expect(text).not.toMatch(/\$argon2|tokenHash|"salt"/);
  });

  it('is somebody’s own, to the last row', async () => {
    const other = await aCustomerUser(product.admin);

    const { body } = await collect(other.id);

    expect(JSON.stringify(body)).not.toMatch(/Zebulon|Quartermaine|erasable/);
    expect(body.data).toMatchObject({ consents: [], sessions: [], imports: [], applications: [], loginAttempts: [] });
  });

  it('is in his history as collected, and by whom', async () => {
    const { id } = await aCustomerUser(product.admin);
    await collect(id);

    expect((await historyOf(product, 'customer_user', id)).at(-1)).toMatchObject({
      action: 'data-exported',
      actorType: 'user',
      changes: {},
    });
  });

  it('is not for who may see the person and no more', async () => {
    const rights = {
      'customer_user:view': 'organization',
      'customer_user:edit': 'organization',
      'customer_user:delete': 'organization',
    } as const;
    const caller = await aConsoleCaller(product, { rights });

    expect(await collect(known.person.id, caller)).toMatchObject({ status: 403, body: { code: 'auth.permission_missing' } });
    expect((await caller.post(`/admin/api/customer-users/${known.person.id}/erase`)).status).toBe(403);
  });

  it('stays out of reach of another organization', async () => {
    const { id: organizationId } = await anOrganization(product);
    const rights = {
      'customer_user:view': 'global',
      'personal_data:view': 'organization',
      'personal_data:delete': 'organization',
    } as const;
    const caller = await aConsoleCaller(product, { organizationId, rights });

    expect((await collect(known.person.id, caller)).status).toBe(404);
    expect((await caller.post(`/admin/api/customer-users/${known.person.id}/erase`)).status).toBe(404);
  });

  it('is not found for nobody', async () => {
    expect((await collect(999_999)).status).toBe(404);
    expect((await product.admin.post('/admin/api/customer-users/999999/erase')).status).toBe(404);
    expect((await product.nobody.post(`/admin/api/customer-users/${known.person.id}/data-export`)).status).toBe(401);
    expect((await known.self.post(`/admin/api/customer-users/${known.person.id}/data-export`)).status).toBe(401);
  });
});
