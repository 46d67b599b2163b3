import type { PermissionMatrix, Principal } from '../../src/platform/context/index.js';
import { gadgetFile } from '../support/imports/gadgets.js';
import { GadgetsApp, type ImportAnswer } from '../support/imports/gadgets-app.js';

const MATRIX: PermissionMatrix = {
  permissions: { gadget: { view: 'organization', create: 'organization', edit: 'organization' } },
  capabilities: { import: true, export: true },
};

describe('Whoever loses the right', () => {
  let app: GadgetsApp;
  let clerk: Principal;
  beforeEach(async () => {
    app = await GadgetsApp.start();
    clerk = await app.aUser('clerk@example.com', MATRIX);
  });
  afterEach(() => app.close());

  const roleIs = (matrix: PermissionMatrix) => app.work.manager.update('UserRole', { label: 'clerk@example.com' }, { matrix });
  const isDisabled = () => app.work.manager.update('User', { id: clerk.id }, { enabled: false });
  const isMoved = async () => {
    const other = { name: 'Other', enabled: true, createdAt: new Date(), updatedAt: new Date() };
    const { identifiers } = await app.work.manager.insert('Organization', other);
    await app.work.manager.update('User', { id: clerk.id }, { organizationId: Number(identifiers[0]?.['id']) });
  };
  const losses = [
    ['has the capability no more', () => roleIs({ ...MATRIX, capabilities: {} })],
    ['is disabled', isDisabled],
    ['belongs to another organization', isMoved],
  ] as const;

  /** In the middle of the second batch. */
  const losing = (lose: () => Promise<unknown>) => {
    let batches = 0;
    app.mishaps.inBatch = async () => {
      if (++batches === 2) await lose();
    };
  };

  it.each(losses)('while an import runs ends it at the next batch: who %s', async (_what, lose) => {
    losing(lose);
    const file = gadgetFile(6_500, (i) => `A-${i},Name,1,`);
    const { id } = (await app.upload({ file, fields: { entity: 'gadgets' } }, {}, clerk)).body as ImportAnswer;

    const ended = await app.ended<ImportAnswer>(`/imports/${id}`);

    expect(ended).toMatchObject({ status: 'failed', error: { code: 'imports.not_allowed' }, counts: { read: 4_000, added: 4_000 } });
    expect(await app.gadgets()).toHaveLength(4_000);
    expect(app.heard).toMatchObject([{ status: 'failed', reason: ended.error?.detail }]);
  });

  const ofExports = [
    ...losses,
    ['may not see such records any more', () => roleIs({ ...MATRIX, permissions: {} })],
    ['sees fewer of them', () => roleIs({ ...MATRIX, permissions: { gadget: { view: 'own' } } })],
  ] as const;

  it.each(ofExports)('while an export runs ends it at the next batch: who %s', async (_what, lose) => {
    await app.imported(gadgetFile(9_000, (i) => `A-${i},Name,1,`));
    losing(lose);
    const { id } = (await app.call('POST', '/exports', { entity: 'gadgets', sort: 'id' }, clerk)).body as { id: number };

    const ended = await app.ended<{ status: string; rows: number; file: null; error: { detail: string } }>(`/exports/${id}`);

    expect(ended).toMatchObject({ status: 'failed', file: null, error: { code: 'exports.not_allowed' } });
    expect(ended.rows).toBeLessThan(9_000);
    expect(await app.call('GET', `/exports/${id}/file`)).toMatchObject({ status: 409, body: { code: 'exports.not_finished' } });
    expect(app.heard.at(-1)).toMatchObject({ status: 'failed', reason: ended.error.detail });
  });

  it('by levels imports what follows with those that are left', async () => {
    losing(() => roleIs({ ...MATRIX, permissions: { gadget: { view: 'organization' } } }));
    const seen: (string | undefined)[] = [];
    const { inBatch } = app.mishaps;
    app.mishaps.inBatch = async (row) => {
      await inBatch(row);
      seen.push(app.actingLevel('gadget:create'));
    };
    const { id } = (await app.upload({ file: gadgetFile(4_500, (i) => `A-${i},Name,1,`), fields: { entity: 'gadgets' } }, {}, clerk))
      .body as ImportAnswer;

    await app.ended(`/imports/${id}`);

    expect(seen).toEqual(['organization', 'organization', 'none']);
  });
});
