import { theMail, tokenIn } from '../support/mails.js';
import type { Product } from '../support/product.js';
import { anEmail, PASSWORD } from './customer-users.js';

export const CONFIRM = 'Please confirm your email address';

/** What somebody registers with. */
export const aRegistration = (draft: object = {}) => ({
  companyName: 'Northwind Ltd',
  firstName: 'Nora',
  lastName: 'North',
  email: anEmail(),
  password: PASSWORD,
  ...draft,
});

/** Somebody who registered and has not confirmed his address yet; `token` is in his mail. */
export async function aRegistrant(product: Product, draft: object = {}): Promise<{ email: string; token: string }> {
  const registration = aRegistration(draft);
  const { status, body } = await product.nobody.post('/api/registration', registration);
  if (status !== 202) throw new Error(`Registering answered ${status}: ${JSON.stringify(body)}`);
  const { email } = registration;
  return { email, token: tokenIn(await theMail(product.mails, email, CONFIRM)) };
}
