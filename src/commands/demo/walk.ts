import { Caller } from './caller.js';
import { OutboxWatch } from './outbox.js';
import { peopleFile } from './people-file.js';
import type { Printer } from './printer.js';
import { follow, importFile } from './runs.js';
import { seed } from './seed.js';
import type { DemoServer } from './server.js';

export const ADMIN = { email: 'admin@example.com', password: 'Demo-admin-1' };
export const AMANDA = { email: 'amanda.cole@acme-industrial.example', password: 'Demo-amanda-1' };

const ROWS = 2_000;

interface Created {
  id: number;
}

interface Listed<T> {
  items: T[];
}

/** The main job of the product, step by step, each shown as it happens. */
export class Walk {
  private readonly anybody: Caller;
  private readonly mails: OutboxWatch;
  private admin: Caller;
  private amanda: Caller;
  private amandaId: number;
  /** What is being done, for whoever must be told that it failed. */
  step = 'Start';

  constructor(
    server: DemoServer,
    private readonly printer: Printer,
  ) {
    this.anybody = new Caller(server.url, printer);
    this.mails = new OutboxWatch(server.outbox, printer);
  }

  async run(): Promise<void> {
    await this.take('Log in as the admin', () => this.logIn());
    await this.take('Load demo companies', () => seed(this.admin.quietly(), (line) => this.printer.note(line)));
    await this.take('Create a customer, and a customer user who gets a mail', () => this.createPerson());
    await this.take('She logs in at the storefront', () => this.logInAtStorefront());
    await this.take(`Import ${ROWS} customer users from a CSV file`, () => this.importPeople());
    await this.take('An OAuth application acts for her, until it is deactivated', () => this.useApplication());
    await this.take('She accepts a consent', () => this.acceptConsent());
    await this.take('Export everybody, and import that file again: nothing changes', () => this.exportPeople());
  }

  private async take(step: string, act: () => Promise<void>): Promise<void> {
    this.step = step;
    this.printer.heading(step);
    await act();
  }

  private async logIn(): Promise<void> {
    const { accessToken } = await this.anybody.post<{ accessToken: string }>('/admin/api/auth/login', ADMIN);
    this.admin = this.anybody.as(accessToken);
  }

  private async createPerson(): Promise<void> {
    const { id: customerId } = await this.admin.post<Created>('/admin/api/customers', { name: 'Acme Industrial' });
    const { items: roles } = await this.admin.get<Listed<Created>>('/admin/api/customer-user-roles?filter[code]=ROLE_FRONTEND_BUYER');
    const { id } = await this.admin.post<Created>('/admin/api/customer-users', {
      ...{ email: AMANDA.email, firstName: 'Amanda', lastName: 'Cole', customerId, roleIds: roles.map((role) => role.id) },
      ...{ generatePassword: true, sendWelcomeEmail: true },
    });
    this.amandaId = id;
    const { link = '' } = await this.mails.nextTo(AMANDA.email);
    const token = new URL(link).searchParams.get('token');
    await this.anybody.post('/api/password/reset', { token, password: AMANDA.password });
  }

  private async logInAtStorefront(): Promise<void> {
    const { accessToken } = await this.anybody.post<{ accessToken: string }>('/api/auth/login', AMANDA);
    this.amanda = this.anybody.as(accessToken);
    await this.amanda.get('/api/me');
  }

  private async importPeople(): Promise<void> {
    const { csv, bad } = peopleFile(ROWS);
    const { id, counts } = await importFile(this.admin, this.printer, csv, 'people.csv');
    if (counts.added !== ROWS - bad || counts.failed !== bad) throw new Error(`${bad} rows should have failed, and no other`);
    const { items } = await this.admin.quietly().get<Listed<{ detail: string; value: string }>>(`/admin/api/imports/${id}/errors`);
    this.printer.note(`Rows that failed, from GET /admin/api/imports/${id}/errors (all others are in):`);
    for (const { detail, value } of items) this.printer.note(`  ${detail}${value ? ` (${value})` : ''}`);
    await this.mails.nextTo(ADMIN.email);
  }

  private async useApplication(): Promise<void> {
    const { id, clientId, clientSecret } = await this.admin.post<Created & { clientId: string; clientSecret: string }>(
      `/admin/api/customer-users/${this.amandaId}/oauth-applications`,
      { name: 'ERP connector', scopes: ['customer_user:view'] },
    );
    await this.mails.nextTo(AMANDA.email);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { access_token } = await this.anybody.post<{ access_token: string }>('/oauth2-token', new URLSearchParams(form));
    const connector = this.anybody.as(access_token);
    await connector.get('/api/me');
    this.printer.note('The admin API refuses the same token:');
    await connector.get('/admin/api/customer-users', { expect: 401 });
    await this.admin.post(`/admin/api/oauth-applications/${id}/deactivate`);
    this.printer.note('The live token is refused at once:');
    await connector.get('/api/me', { expect: 401 });
  }

  private async acceptConsent(): Promise<void> {
    const { id } = await this.admin.post<Created>('/admin/api/consents', {
      name: 'Privacy',
      text: 'We keep your name and your work address for as long as you order for your company.',
      mandatory: true,
    });
    await this.amanda.post('/api/me/consents', { consentId: id, version: 1 });
    await this.admin.get(`/admin/api/customer-users/${this.amandaId}/consents`);
  }

  private async exportPeople(): Promise<void> {
    const { id } = await this.admin.post<Created>('/admin/api/exports', { entity: 'customer-users' });
    const path = `/admin/api/exports/${id}`;
    const { status, rows } = await follow<{ status: string; rows: number }>(this.admin.quietly(), path, () => undefined);
    if (status !== 'completed') throw new Error(`The export is ${status}`);
    await this.mails.nextTo(ADMIN.email);
    const csv = await this.admin.quietly().get<string>(`${path}/file`);
    this.printer.note(`GET ${path}/file begins with:`);
    for (const line of csv.split('\r\n', 3)) this.printer.note(`  ${line}`);
    const { counts } = await importFile(this.admin, this.printer, csv, 'everybody.csv');
    if (counts.unchanged !== rows || counts.read !== rows) throw new Error(`All ${rows} rows should be unchanged`);
    await this.mails.nextTo(ADMIN.email);
  }
}
