import type { ConsentView } from '../../src/consents/index.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import type { Listed } from '../support/client.js';
import { theMail } from '../support/mails.js';
import { type Product, startProduct } from '../support/product.js';

interface Mail {
  template: string;
  status: string;
  error: string | null;
}

describe('A consent that is withdrawn', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const aConsent = async (mandatory: boolean) =>
    (await product.admin.post<Json<ConsentView>>('/admin/api/consents', { name: 'Terms of use', text: 'Be kind.', mandatory })).body;

  /** Somebody who accepted a consent and withdraws it. */
  async function withdraw(mandatory: boolean, salesRepresentativeIds: number[] = []): Promise<CustomerUserBody> {
    const consent = await aConsent(mandatory);
    const person = await aCustomerUser(product.admin, { salesRepresentativeIds });
    const buyer = product.as((await product.logIn(person.email, PASSWORD)).accessToken);
    await buyer.post('/api/me/consents', { consentId: consent.id, version: 1 });
    expect((await buyer.delete(`/api/me/consents/${consent.id}`)).status).toBe(204);
    expect((await buyer.get('/api/me')).status).toBe(200);
    return person;
  }

  const mailsAbout = async () => (await product.admin.get<Listed<Mail>>('/admin/api/emails?filter[template]=consent_withdrawn')).body.items;

  it('is told to the sales representatives of the person when it is mandatory, and leaves his account open', async () => {
    const representatives = [await aConsoleUser(product), await aConsoleUser(product)];

    const person = await withdraw(
      true,
      representatives.map(({ id }) => id),
    );

    for (const { email } of representatives) {
      const { text } = await theMail(product.mails, email, 'Amanda Cole withdrew a mandatory consent: Terms of use');
      expect(text).toContain(`Amanda Cole (${person.email})`);
      expect(text).toMatch(/Consent: +Terms of use, version 1\n/);
    }
    await product.admin.post(`/admin/api/customer-users/${person.id}/disable`);
  });

  it('is told to nobody when it is optional', async () => {
    const before = await mailsAbout();

    await withdraw(false, [(await aConsoleUser(product)).id]);

    expect(await mailsAbout()).toEqual(before);
  });

  it('leaves in the log of mails that nobody represents the person', async () => {
    await withdraw(true);

    expect((await mailsAbout())[0]).toMatchObject({ status: 'given-up', error: 'There are no sales representatives.' });
  });

  it('says no more who withdrew it once he is erased', async () => {
    const representative = await aConsoleUser(product);
    const person = await withdraw(true, [representative.id]);
    await theMail(product.mails, representative.email, 'Amanda Cole withdrew a mandatory consent: Terms of use');

    await product.admin.post(`/admin/api/customer-users/${person.id}/erase`);

    const [mail] = (await product.admin.get<Listed<{ id: number }>>(`/admin/api/emails?filter[to]=${representative.email}`)).body.items;
    expect((await product.admin.get(`/admin/api/emails/${mail?.id}`)).body).toMatchObject({ subject: '(erased)', text: '(erased)' });
  });
});
