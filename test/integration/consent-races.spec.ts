import type { ConsentView } from '../../src/consents/index.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const ROUNDS = 8;

describe('A consent that is accepted', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    ({ admin } = product);
  });
  afterAll(() => product.close());

  const aConsent = async () => (await admin.post<Json<ConsentView>>('/admin/api/consents', { name: 'News', text: 'Monthly.' })).body;
  const aBuyer = async () => {
    const person = await aCustomerUser(admin);
    return { person, buyer: product.as((await product.logIn(person.email, PASSWORD)).accessToken) };
  };

  it('while its person is erased leaves nothing of where he was', async () => {
    const { id: consentId } = await aConsent();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { person, buyer } = await aBuyer();
      const [accepted, erased] = await Promise.all([
        buyer.post<Refused>('/api/me/consents', { consentId, version: 1 }),
        admin.post(`/admin/api/customer-users/${person.id}/erase`),
      ]);

      expect(erased.status).toBe(200);
      expect([201, 401, 409]).toContain(accepted.status);
      const origins = 'SELECT 1 FROM consent_ledger_origins o JOIN consent_ledger e ON e.id = o.entry_id WHERE e.customer_user_id = ?';
      expect(await product.work.manager.query(origins, [person.id])).toEqual([]);
    }
  });

  it('while it is deleted is there, or is not', async () => {
    const { buyer } = await aBuyer();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id: consentId } = await aConsent();
      const [accepted, deleted] = await Promise.all([
        buyer.post<Refused>('/api/me/consents', { consentId, version: 1 }),
        admin.delete(`/admin/api/consents/${consentId}`),
      ]);

      expect([
        [201, 409],
        [404, 204],
      ]).toContainEqual([accepted.status, deleted.status]);
    }
  });
});
