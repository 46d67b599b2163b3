import type { ConsentView, MyConsentView } from '../../src/consents/index.js';
import { created } from '../factories/created.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import type { Listed } from '../support/client.js';
import { type Product, startProduct } from '../support/product.js';

type Mine = Json<MyConsentView>;

describe('The consents of somebody who prefers a language', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  it('are read and accepted in it, unless he names another one', async () => {
    const { admin } = product;
    const german = created(await admin.post<{ id: number }>('/admin/api/localizations', { name: 'German', languageCode: 'de' }));
    const [website] = (await admin.get<Listed<{ id: number; defaultLocalizationId: number }>>('/admin/api/websites')).body.items;
    const english = website?.defaultLocalizationId ?? 0;
    await admin.patch(`/admin/api/websites/${website?.id}`, { localizationIds: [english, german.id] });
    const { id: consentId } = created(
      await admin.post<Json<ConsentView>>('/admin/api/consents', {
        translations: [
          { localizationId: null, name: 'Terms', text: 'Be kind.' },
          { localizationId: german.id, name: 'Bedingungen', text: 'Sei nett.' },
        ],
      }),
    );
    const { id, email } = await aCustomerUser(admin, { password: PASSWORD, preferredLocalizationId: german.id });
    const self = product.as((await product.logIn(email, PASSWORD)).accessToken);

    expect((await self.get<Listed<Mine>>('/api/me/consents')).body.items).toMatchObject([{ name: 'Bedingungen', text: 'Sei nett.' }]);
    expect((await self.get<Mine>(`/api/me/consents/${consentId}?localizationId=${english}`)).body.text).toBe('Be kind.');

    expect((await self.post<Mine>('/api/me/consents', { consentId, version: 1 })).body).toMatchObject({ text: 'Sei nett.' });
    expect((await admin.get<Listed<object>>(`/admin/api/customer-users/${id}/consents`)).body.items).toMatchObject([
      { name: 'Bedingungen', text: 'Sei nett.', locale: 'de' },
    ]);
  });
});
