import { createHash } from 'node:crypto';
import type { Listed } from '../client.js';
import type { Journey } from './journey.js';

const TEXT = 'We keep your name and your work address for as long as you order for your company.';

/** A consent from its creation to its place in the ledger. */
export function itKeepsConsents(journey: () => Journey): void {
  let consentId: number;

  it('creates a consent, and offers it to visitors', async () => {
    const { admin, anybody } = journey();

    const { status, headers, body } = await admin.post<{ id: number }>('/admin/api/consents', {
      name: 'Privacy',
      text: TEXT,
      mandatory: true,
    });

    expect([status, body]).toEqual([201, expect.objectContaining({ name: 'Privacy', mandatory: true, enabled: true })]);
    expect(headers.get('location')).toBe(`/admin/api/consents/${body.id}`);
    const offered = await anybody.get<Listed>('/api/consents');
    expect(offered.body.items).toEqual([expect.objectContaining({ id: body.id, name: 'Privacy', text: TEXT })]);
    consentId = body.id;
  });

  it('keeps that the customer user accepted it', async () => {
    const { amanda } = journey();
    const unread = await amanda.post('/api/me/consents', { consentId, version: 2 });
    expect([unread.status, unread.body]).toEqual([409, expect.objectContaining({ code: 'consents.version_unknown' })]);

    const { status, body } = await amanda.post('/api/me/consents', { consentId, version: 1 });

    expect([status, body]).toEqual([201, expect.objectContaining({ id: consentId, status: 'accepted', acceptedVersion: 1 })]);
  });

  it('shows it in the admin’s view of her, with the exact text', async () => {
    const { admin, amandaId } = journey();

    const { status, body } = await admin.get<Listed>(`/admin/api/customer-users/${amandaId}/consents`);

    expect(status).toBe(200);
    expect(body.items).toEqual([
      expect.objectContaining({
        ...{ consentId, customerUserId: amandaId, name: 'Privacy', version: 1, act: 'accepted', text: TEXT },
        textHash: createHash('sha256').update(TEXT).digest('hex'),
      }),
    ]);
  });
}
