import { DAY, HOUR } from '../../src/platform/clock/index.js';
import { Housekeeping } from '../../src/platform/jobs/index.js';
import { aConsoleUser } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { theMail } from '../support/mails.js';
import { type Product, startProduct } from '../support/product.js';

interface Application {
  id: number;
  clientId: string;
  clientSecret: string;
}
interface Secret {
  clientSecret: string;
}
describe('The owner of an application', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const aPersonsApplication = async () => {
    const { id, email } = await aCustomerUser(product.admin);
    return { email, ...(await anApplication(`customer-users/${id}`)) };
  };
  const aUsersApplication = async () => {
    const { id, email } = await aConsoleUser(product);
    return { email, ...(await anApplication(`users/${id}`)) };
  };
  const anApplication = async (owner: string) =>
    created(await product.admin.post<Application>(`/admin/api/${owner}/oauth-applications`, { name: 'Robot' }));
  const path = ({ id }: Application, act = '') => `/admin/api/oauth-applications/${id}${act}`;
  const recipients = async (event: string, { id }: Application) => {
    const query = `filter[event]=oauth_application.${event}&filter[recordId]=${id}`;
    const { body } = await product.admin.get<{ items: { to: { address: string } }[] }>(`/admin/api/emails?${query}`);
    return body.items.map(({ to }) => to.address);
  };
  const SUBJECTS = {
    secret_added: 'New secret for the OAuth application Robot',
    deactivated: 'OAuth application deactivated: Robot',
    deleted: 'OAuth application deleted: Robot',
  };

  describe.each([
    ['a customer user', aPersonsApplication],
    ['a console user', aUsersApplication],
  ])('as %s', (_who, make) => {
    it('is told of a new secret, of its end and of its deletion: who, when and which, and never a secret', async () => {
      const application = await make();
      const secret = created(await product.admin.post<Secret>(path(application, '/secrets'), {}));
      await product.admin.post(path(application, '/deactivate'));
      await product.admin.post(path(application, '/activate'));
      await product.admin.delete(path(application));

      for (const [event, subject] of Object.entries(SUBJECTS)) {
        expect(await recipients(event, application)).toEqual([application.email]);
        const { text } = await theMail(product.mails, application.email, subject);
        expect(text).toMatch(/ by: +\S/);
        expect(text).toMatch(/ on: +\d.* UTC/);
        expect(text).toContain(application.clientId);
        for (const shown of [application.clientSecret, secret.clientSecret]) expect(text).not.toContain(shown);
      }
    });
  });

  it('is told once, two weeks before, that a secret expires, and not while the application is off', async () => {
    const [application, off] = [await aPersonsApplication(), await aPersonsApplication()];
    const inTwoMonths = { expiresAt: new Date(Date.now() + 60 * DAY).toISOString() };
    for (const one of [application, off]) await product.admin.post(path(one, '/secrets'), inTwoMonths);
    const brief = { expiresAt: new Date(Date.now() + 10 * HOUR).toISOString() };
    await product.admin.post(path(application, '/secrets'), brief);
    await product.admin.post(path(off, '/deactivate'));
    const told = async (one: Application) => {
      await product.inside(Housekeeping).run();
      return recipients('secret_expiring', one);
    };
    const admin = product.admin;
    const ahead = async (milliseconds: number) => {
      product.forward(milliseconds);
      // What sessions say of themselves stays with the machine's clock; the session itself has to last.
      product.admin = product.as((await product.logInAdmin()).accessToken);
    };

    expect(await told(application)).toEqual([]);
    await ahead(6 * HOUR);
    expect(await told(application)).toHaveLength(1);
    await ahead(40 * DAY);
    expect(await told(application)).toHaveLength(1);
    await ahead(7 * DAY);
    expect([await told(application), await told(application), await told(off)]).toMatchObject([{ length: 2 }, { length: 2 }, []]);
    product.admin = admin;
  });
});
