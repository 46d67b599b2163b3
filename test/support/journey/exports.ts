import type { Journey } from './journey.js';
import { theMail } from '../mails.js';
import { formOf, theEndOf } from './imports.js';

/** A file of everybody that changes nothing when it comes back. */
export function itExportsPeople(journey: () => Journey): void {
  let file: string;

  it('exports all customer users', async () => {
    const { admin, mails, credentials } = journey();

    const { status, headers, body } = await admin.post<{ id: number }>('/admin/api/exports', { entity: 'customer-users' });

    expect([status, body]).toEqual([201, expect.objectContaining({ entity: 'customer-users', status: 'queued', file: null })]);
    const path = `/admin/api/exports/${body.id}`;
    expect(headers.get('location')).toBe(path);
    expect(await theEndOf(admin, path)).toMatchObject({ status: 'completed', rows: 5, file: `${path}/file`, error: null });
    const download = await admin.get<string>(`${path}/file`);
    expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    file = download.body;
    const lines = file.trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(
      'ID,Name Prefix,First Name,Middle Name,Last Name,Name Suffix,Birthday,Email Address,Customer Id,Customer Name,Roles 1 Role,Guest,Enabled,Confirmed,Owner Id,Owner Username,Website Id',
    );
    expect(file).toContain(',Amanda,,Cole-Reyes,,,amanda.cole@acme.example,');
    const { text } = await theMail(mails, credentials.email, 'Your export of customer users: 5 rows');
    expect(text).toContain(`${path}/file`);
  });

  it('imports that file again with every row unchanged', async () => {
    const { admin, amandaId } = journey();
    const before = await admin.get('/admin/api/customer-users');

    const { status, body } = await admin.post<{ id: number }>(
      '/admin/api/imports',
      formOf(file, 'again.csv', { entity: 'customer-users' }),
    );

    expect(status).toBe(201);
    expect(await theEndOf(admin, `/admin/api/imports/${body.id}`)).toMatchObject({
      status: 'completed',
      counts: { read: 5, added: 0, replaced: 0, unchanged: 5, deleted: 0, failed: 0 },
      warnings: [],
    });
    expect((await admin.get('/admin/api/customer-users')).body).toEqual(before.body);
    expect((await journey().amanda.get('/api/me')).body).toMatchObject({ id: amandaId });
  });
}
