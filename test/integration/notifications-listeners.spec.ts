import type { ParsedMail } from 'mailparser';
import {
  CustomerUserConfirmationRequested,
  CustomerUserEmailChangeAgreed,
  CustomerUserEmailChanged,
  CustomerUserEmailChangeRequested,
  CustomerUserInvited,
  CustomerUserPasswordForgotten,
  CustomerUserPasswordResetForced,
  CustomerUserRegisteredAgain,
  CustomerUserWelcomed,
} from '../../src/customer-users/index.js';
import { ExportFinished, ImportFinished } from '../../src/import-export/index.js';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { OAuthApplicationCreated } from '../../src/oauth/index.js';
import { Events } from '../../src/platform/events/index.js';
import { eventually } from '../support/jobs/eventually.js';
import { NotificationsApp } from '../support/notifications-app.js';

describe('Mails', () => {
  let app: NotificationsApp;

  async function mailsAfter(...events: object[]): Promise<ParsedMail[]> {
    for (const event of events) await app.work.run(() => app.http.get(Events).record(event));
    await eventually(async () => !(await app.work.repository(EmailRow).existsBy({ status: 'queued' })), 'every mail is settled');
    return app.written();
  }

  beforeEach(async () => {
    app = await NotificationsApp.start();
  });

  afterEach(() => app.close());

  describe('about imports and exports', () => {
    let ryan: number;

    const counts = { read: 2_000, added: 1_900, replaced: 70, unchanged: 10, deleted: 0, failed: 20 };

    const anImport = ({ mode = 'import', status = 'completed-with-errors', reason = null, userId = ryan }: Partial<ImportFinished> = {}) =>
      new ImportFinished(12, app.organizationId, userId, 'customer-users', 'customer users', 'people.csv', mode, status, counts, reason);

    const anExport = ({ status = 'completed', rows = 0, reason = null }: Partial<ExportFinished> = {}) =>
      new ExportFinished(4, app.organizationId, ryan, 'customer-users', 'customer users', status, rows, 14, reason);

    beforeEach(async () => {
      ryan = await app.addUser('Ryan', 'Admin', 'ryan@acme.example');
    });

    it('tell the importer what became of his file, once', async () => {
      const [mail, ...more] = await mailsAfter(anImport(), anImport());

      expect(more).toEqual([]);
      expect(mail?.subject).toBe('Import of people.csv: 20 rows failed');
      expect([mail?.to].flat()[0]?.value).toEqual([{ name: 'Ryan Admin', address: 'ryan@acme.example' }]);
      expect(mail?.text).toContain('Hello Ryan Admin,');
      expect(mail?.text).toMatch(/Read: +2,000\nAdded: +1,900\nReplaced: +70\nUnchanged: +10\nDeleted: +0\nFailed: +20\n/);
      expect(mail?.text).toContain('\nhttp://localhost:3000/admin/api/imports/12\n');
      expect(await app.work.repository(EmailRow).findOneByOrFail({})).toMatchObject({ userId: ryan, template: 'import_result' });
    });

    it('tell of a check that it changed nothing', async () => {
      const [mail] = await mailsAfter(anImport({ mode: 'validate' }));

      expect(mail?.subject).toBe('Check of people.csv: 20 rows would fail');
      expect(mail?.text).toContain('Nothing was changed.');
    });

    it('tell why a file failed as a whole', async () => {
      const [mail] = await mailsAfter(anImport({ status: 'failed', reason: 'Row 3 has 14 columns, the header has 17.' }));

      expect(mail?.subject).toBe('Import of people.csv failed');
      expect(mail?.text).toContain('\nRow 3 has 14 columns, the header has 17.\n');
    });

    it('tell of an export where its file is, even of nothing', async () => {
      const [mail] = await mailsAfter(anExport());

      expect(mail?.subject).toBe('Your export of customer users: 0 rows');
      expect(mail?.text).toContain('\nhttp://localhost:3000/admin/api/exports/4/file\n');
      expect(mail?.text).toContain('kept for 14 days');
    });

    it('tell why an export failed', async () => {
      const [mail] = await mailsAfter(anExport({ status: 'failed', reason: 'The disk is full.' }));

      expect(mail?.subject).toBe('Your export of customer users failed');
      expect(mail?.text).toContain('\nThe disk is full.\n');
      expect(mail?.text).toContain('\nhttp://localhost:3000/admin/api/exports/4\n');
    });

    it('are not sent when he cancelled, nor to somebody who is gone', async () => {
      expect(await mailsAfter(anImport({ status: 'cancelled' }), anExport({ status: 'cancelled' }), anImport({ userId: 999 }))).toEqual([]);
    });
  });

  describe('to customer users', () => {
    const token = 'WxBhDVAGQvFS5zrmSBqkY8TCT0dzBmnw3Gj5yGQnXJY';
    let amanda: number;

    beforeEach(async () => {
      amanda = await app.addCustomerUser('Amanda', 'Cole', 'amanda@northwind.example');
    });

    const set = (key: string, value: unknown) =>
      app.work.manager.insert('SettingValue', { key, scope: 'system', scopeId: 0, value: { value } });
    const setLink = (value: string) => set('links.setPassword', value);
    const only = async (event: object) => {
      const [mail, ...more] = await mailsAfter(event);
      expect(more).toEqual([]);
      const { subject, text = '' } = mail ?? {};
      return { to: [mail?.to].flat()[0]?.value[0]?.address, subject, text };
    };
    const old = 'amanda@northwind.example';

    it.each<[string, (id: number, organizationId: number) => object, string, string]>([
      [
        'to confirm his address',
        (id, org) => new CustomerUserConfirmationRequested(id, org, token),
        'Please confirm your email address',
        'confirm',
      ],
      [
        'to set a new password in place of a forgotten one',
        (id, org) => new CustomerUserPasswordForgotten(id, org, token),
        'Your new password for Acme Supplies',
        'set-password',
      ],
      [
        'to set the new password that an admin demands',
        (id, org) => new CustomerUserPasswordResetForced(id, org, token),
        'Please set a new password for Acme Supplies',
        'set-password',
      ],
      [
        'to agree to a new address',
        (id, org) => new CustomerUserEmailChangeRequested(id, org, 'new@northwind.example', token),
        'Do you want to change your email address?',
        'change-email',
      ],
    ])('carry the link %s', async (_what, eventOf, wanted, page) => {
      const { to, subject, text } = await only(eventOf(amanda, app.organizationId));

      expect([to, subject]).toEqual([old, wanted]);
      expect(text).toContain(`\nhttp://localhost:3000/account/${page}?token=${token}\n`);
      expect(text).toContain('within 24 hours');
      expect(JSON.stringify(await app.work.repository(EmailRow).find())).not.toContain(token);
    });

    it('ask the new address for its proof', async () => {
      const { to, text } = await only(new CustomerUserEmailChangeAgreed(amanda, app.organizationId, 'new@northwind.example', token));

      expect(to).toBe('new@northwind.example');
      expect(text).toContain(`\nhttp://localhost:3000/account/change-email?token=${token}\n`);
    });

    it('tell the former address of the new one', async () => {
      const { to, text } = await only(
        new CustomerUserEmailChanged(amanda, app.organizationId, 'former@northwind.example', 'new@northwind.example'),
      );

      expect(to).toBe('former@northwind.example');
      expect(text).toContain('is new@northwind.example now. former@northwind.example does not work there any more.');
    });

    it('welcome who has a password with the way to log in: the website, or the page that the settings name', async () => {
      const registered = await only(new CustomerUserWelcomed(amanda, app.organizationId, 'registered'));
      await set('links.login', 'https://shop.example.com/login');
      const mails = await mailsAfter(new CustomerUserWelcomed(amanda, app.organizationId, 'confirmed'));
      const confirmed = mails.find(({ text }) => text !== registered.text);

      expect([registered.to, registered.subject]).toEqual([old, 'Welcome to Acme Supplies']);
      expect(registered.text).toMatch(/Your account is open\.[^]*\nhttps:\/\/shop\.example\.com\n/);
      expect(registered.text).not.toContain('confirmed');
      expect(confirmed?.text).toMatch(/Your email address is confirmed[^]*\nhttps:\/\/shop\.example\.com\/login\n/);
    });

    it('warn the owner of an address that somebody registers with', async () => {
      const { to, subject, text } = await only(new CustomerUserRegisteredAgain(amanda, app.organizationId));

      expect([to, subject]).toEqual([old, 'You have an account at Acme Supplies already']);
      expect(text).toContain('\nhttps://shop.example.com\n');
    });

    it.each<[string, string, (id: number, organizationId: number) => object]>([
      ['links.confirmEmail', 'tokens.confirmEmailHours', (id, org) => new CustomerUserConfirmationRequested(id, org, token)],
      ['links.setPassword', 'tokens.resetPasswordHours', (id, org) => new CustomerUserPasswordForgotten(id, org, token)],
      ['links.changeEmail', 'tokens.changeEmailHours', (id, org) => new CustomerUserEmailChangeAgreed(id, org, 'n@a.example', token)],
    ])('keep to %s and %s', async (link, hours, eventOf) => {
      await set(link, 'https://shop.example.com/here');
      await set(hours, 3);

      const { text } = await only(eventOf(amanda, app.organizationId));

      expect(text).toContain(`\nhttps://shop.example.com/here?token=${token}\n`);
      expect(text).toContain('within 3 hours');
    });

    it('welcome with a link to set the password, on this server where no other page is set', async () => {
      const [mail, ...more] = await mailsAfter(new CustomerUserInvited(amanda, app.organizationId, token));

      expect(more).toEqual([]);
      expect(mail?.subject).toBe('Your account at Acme Supplies is ready');
      expect([mail?.to].flat()[0]?.value).toEqual([{ name: 'Amanda Cole', address: 'amanda@northwind.example' }]);
      expect(mail?.text).toContain('Hello Amanda,');
      expect(mail?.text).toContain('Your user name is amanda@northwind.example.');
      expect(mail?.text).toContain(`\nhttp://localhost:3000/account/set-password?token=${token}\n`);
      expect(mail?.text).toContain('within 24 hours');
      const row = await app.work.repository(EmailRow).findOneByOrFail({});
      expect(row).toMatchObject({ customerUserId: amanda, sealedContext: null });
      expect(JSON.stringify(row)).not.toContain(token);
    });

    it('lead to the page that the settings name', async () => {
      await setLink('https://shop.example.com/password?lang=en');

      const [mail] = await mailsAfter(new CustomerUserInvited(amanda, app.organizationId, token));

      expect(mail?.text).toContain(`\nhttps://shop.example.com/password?lang=en&token=${token}\n`);
    });

    it('do not let a broken setting keep him out', async () => {
      await setLink('not a page');

      const [mail] = await mailsAfter(new CustomerUserInvited(amanda, app.organizationId, token));

      expect(mail?.text).toContain(`http://localhost:3000/account/set-password?token=${token}`);
    });

    it('are not sent to somebody who is gone', async () => {
      expect(await mailsAfter(new CustomerUserInvited(999, app.organizationId, token))).toEqual([]);
    });
  });

  describe('about OAuth applications', () => {
    const created = (ownerType: 'user' | 'customer-user', ownerId: number) => {
      const application = {
        id: 5,
        name: 'Warehouse <connector>',
        clientId: 'ci_8Zt4LxQv',
        organizationId: app.organizationId,
        ownerType,
        ownerId,
      };
      return new OAuthApplicationCreated(application, new Date('2026-11-23T10:20:30Z'), 'Ryan Admin');
    };

    it('tell a customer user who made it, when, and by which client id', async () => {
      const amanda = await app.addCustomerUser('Amanda', 'Cole', 'amanda@northwind.example');

      const [mail, ...more] = await mailsAfter(created('customer-user', amanda));

      expect(more).toEqual([]);
      expect(mail?.subject).toBe('New OAuth application: Warehouse <connector>');
      expect([mail?.to].flat()[0]?.value).toEqual([{ name: 'Amanda Cole', address: 'amanda@northwind.example' }]);
      expect(mail?.text).toContain('Hello Amanda,');
      expect(mail?.text).toContain('can act for you at Acme Supplies');
      expect(mail?.text).toMatch(/Client ID: +ci_8Zt4LxQv\nCreated by: +Ryan Admin\nCreated on: +23 November 2026 at 10:20 UTC\n/);
      expect(mail?.html).toContain('Warehouse &lt;connector&gt;');
      expect(await app.work.repository(EmailRow).findOneByOrFail({})).toMatchObject({ customerUserId: amanda, userId: null });
    });

    it('tell a console user', async () => {
      const ryan = await app.addUser('Ryan', 'Admin', 'ryan@acme.example');

      const [mail] = await mailsAfter(created('user', ryan));

      expect([mail?.to].flat()[0]?.value).toEqual([{ name: 'Ryan Admin', address: 'ryan@acme.example' }]);
      expect(mail?.text).toContain('Hello Ryan Admin,');
      expect(await app.work.repository(EmailRow).findOneByOrFail({})).toMatchObject({ customerUserId: null, userId: ryan });
    });
  });
});
