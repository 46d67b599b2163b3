import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { type Product, startProduct } from '../support/product.js';
import { eventually } from '../support/jobs/eventually.js';
import { multipart } from '../support/imports/multipart.js';
import { everythingForgets } from '../support/traces.js';

const USERS = '/admin/api/customer-users';

/** Told of the person by each answer, or by its address. */
const HIS = { email: 'xanthippus@wackernagel.example', firstName: 'Xanthippus', lastName: 'Wackernagel' };

describe('The answers that are kept for an Idempotency-Key', () => {
  let product: Product;
  let made = 0;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  /** A call that can be sent again as it was. */
  const aCall = (path: string, body: object) => {
    const headers = { 'idempotency-key': `call-${(made += 1)}` };
    return () => product.admin.post<{ id: number; code?: string }>(path, body, headers);
  };

  it('say nothing of somebody who was erased, and are not given by doing it again', async () => {
    const { id: customerId } = await aCustomer(product.admin);
    const create = aCall(USERS, { ...HIS, customerId, roleIds: [2], enabled: true, confirmed: true, password: PASSWORD });
    const { id } = (await create()).body;
    const stranger = aCall(USERS, { email: 'elsa@acme.example', firstName: 'Elsa', lastName: 'Else', customerId, roleIds: [2] });
    const strangerId = (await stranger()).body.id;
    const his = [
      aCall(`${USERS}/${id}/notes`, { text: 'Likes to be called.' }),
      aCall(`${USERS}/${id}/data-export`, {}),
      aCall(`${USERS}/${id}/disable`, {}),
      aCall('/admin/api/customers', { name: `${HIS.firstName} ${HIS.lastName}` }),
    ];
    for (const call of his) expect((await call()).status).toBeLessThan(300);
    for (const call of [create, stranger, ...his]) expect((await call()).status).toBeLessThan(300);

    await product.admin.post(`${USERS}/${id}/erase`);
    await everythingForgets(product);

    for (const call of [create, ...his]) {
      const { status, body } = await call();
      expect([status, body.code]).toEqual([409, 'idempotency.answer_erased']);
      expect(JSON.stringify(body)).not.toMatch(/xanthippus|wackernagel|called/i);
    }
    expect((await stranger()).body.id).toBe(strangerId);
    expect((await product.admin.get<CustomerUserBody>(`${USERS}/${strangerId}`)).body.email).toBe('elsa@acme.example');
    const { body } = await product.admin.get<{ items: object[] }>(`${USERS}?filter[email]=${HIS.email}`);
    expect(body.items).toEqual([]);
  });

  it('stay where only another name is meant, as uploaded files do', async () => {
    const { id } = await aCustomerUser(product.admin, { firstName: 'Li', lastName: 'An' });
    const other = aCall('/admin/api/customers', { name: 'Oli Anderson' });
    const { id: otherId } = (await other()).body;
    const { body: upload, type } = multipart({
      file: 'First Name,Email Address\nOli Anderson,bad\n',
      fields: { entity: 'customer-users' },
    });
    const { id: importId } = (await product.admin.post<{ id: number }>('/admin/api/imports', upload, { 'content-type': type })).body;
    const errorFile = async () => (await product.admin.get(`/admin/api/imports/${importId}/error-file`)).status;
    await eventually(async () => (await errorFile()) === 200, 'the import ends');

    await product.admin.post(`${USERS}/${id}/erase`);
    await everythingForgets(product);

    expect((await other()).body.id).toBe(otherId);
    expect(await errorFile()).toBe(200);
  });
});
