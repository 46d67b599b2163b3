import type { Client, Listed } from '../client.js';
import { eventually } from '../jobs/eventually.js';
import type { Journey } from './journey.js';
import { theMail } from '../mails.js';
import { aFileOfPeople } from './csv.js';

interface ImportBody {
  id: number;
  status: string;
  progress: number;
}

export const formOf = (file: string, name: string, fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([file], { type: 'text/csv' }), name);
  return form;
};

/** Asks for an import or export until it is over, and answers it. */
export async function theEndOf(admin: Client, path: string): Promise<unknown> {
  let body: ImportBody | undefined;
  const ended = async () => {
    body = (await admin.get<ImportBody>(path)).body;
    return !['queued', 'validating', 'running'].includes(body.status);
  };
  await eventually(ended, `${path} comes to an end`, 30_000);
  return body;
}

/** A file of customer users, some rows of it bad. */
export function itImportsPeople(journey: () => Journey): void {
  let path: string;

  it('takes a file of customer users in, and imports it to its end', async () => {
    const { admin, amandaId } = journey();
    const form = formOf(aFileOfPeople(amandaId), 'people.csv', { entity: 'customer-users' });

    const { status, headers, body } = await admin.post<ImportBody>('/admin/api/imports', form);

    expect([status, body]).toEqual([201, expect.objectContaining({ entity: 'customer-users', status: 'queued', fileName: 'people.csv' })]);
    path = `/admin/api/imports/${body.id}`;
    expect(headers.get('location')).toBe(path);
    expect(await theEndOf(admin, path)).toMatchObject({
      status: 'completed-with-errors',
      counts: { read: 12, added: 4, replaced: 1, unchanged: 0, deleted: 0, failed: 7 },
      progress: 1,
      warnings: [],
      error: null,
    });
  });

  it('has the good rows', async () => {
    const { admin, amandaId, customerId } = journey();

    const { body } = await admin.get<Listed<object>>('/admin/api/customer-users?sort=email&total=true');

    expect(body.page.total).toBe(5);
    const customer = { id: customerId, name: 'Acme Industrial' };
    expect(body.items).toEqual([
      expect.objectContaining({ id: amandaId, email: 'amanda.cole@acme.example', lastName: 'Cole-Reyes', passwordStatus: 'active' }),
      expect.objectContaining({ email: 'marlene.bradley@acme.example', birthday: '1985-03-09', passwordStatus: 'unset', customer }),
      expect.objectContaining({ email: 'nancy.sallee@acme.example', enabled: false, customer }),
      expect.objectContaining({ email: 'oscar@acme.example', lastName: 'O’Neil, Jr.', enabled: true }),
      expect.objectContaining({
        fullName: 'Zoë Ångström',
        roles: [expect.objectContaining({ code: 'ROLE_FRONTEND_ADMINISTRATOR' })],
        owner: expect.objectContaining({ id: 1 }),
      }),
    ]);
  });

  it('says of each bad row what is wrong with it', async () => {
    const { body } = await journey().admin.get<Listed<object>>(`${path}/errors`);

    expect(body.items).toEqual(
      [
        [3, 'Email Address', 'not_an_email', 'not a valid email address', 'not an address'],
        [4, 'Roles 1 Role', 'customer_users.role_unknown', 'there is no such role', 'ROLE_FRONTEND_KING'],
        [5, 'Customer Name', 'customer_users.customer_unknown', 'there is no customer of this name', 'Nowhere Ltd'],
        [6, 'Birthday', 'not_a_birthday', 'must not be in the future', '2999-01-31'],
        [7, 'First Name', 'required', 'is required', ''],
        [8, 'ID', 'customer_users.unknown', 'there is no such customer user', '999999'],
        [9, 'Enabled', 'not_a_boolean', 'must be 1 or 0, Yes or No, true or false', 'perhaps'],
      ].map(([row, column, code, detail, value]) => ({ row, column, code, detail: `row ${row}, ${column}: ${detail}`, value })),
    );
  });

  it('gives the bad rows back with their errors, to mend and upload again', async () => {
    const { headers, body } = await journey().admin.get<string>(`${path}/error-file`);

    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = body.trim().split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/Website Id,Errors$/);
    expect(lines[1]).toMatch(/not an address,.*,Email Address: not a valid email address$/);
  });

  it('mails the result to who imported', async () => {
    const { mails, credentials, anybody } = journey();

    const { text } = await theMail(mails, credentials.email, 'Import of people.csv: 7 rows failed');

    expect(text).toMatch(/Read: +12\nAdded: +4\nReplaced: +1\nUnchanged: +0\nDeleted: +0\nFailed: +7\n/);
    expect(text).toContain(`${anybody.url}${path}`);
  });
}
