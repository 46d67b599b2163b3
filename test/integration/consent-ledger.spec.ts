import { type ConsentView, type LedgerReport, linesOf } from '../../src/consents/index.js';
import { hashOfEntry } from '../../src/consents/ledger-chain.js';
import { LedgerEntry, LedgerHead, LedgerOrigin } from '../../src/consents/ledger.entity.js';
import { aBuyer, anAdmin, ConsentsApp } from '../support/consents-app.js';

describe('The consent ledger', () => {
  let app: ConsentsApp;

  beforeAll(async () => {
    app = await ConsentsApp.start();
  });
  afterEach(() => app.clear());
  afterAll(() => app.close());

  const rows = () => app.work.repository(LedgerEntry).find({ order: { sequence: 'ASC' } });
  const broken = ({ chains }: LedgerReport) => chains.flatMap((chain) => chain.broken ?? []);

  const accept = (consent: ConsentView, id: number) =>
    app.call(aBuyer(app.organizationId, id), 'POST', '/me/consents', { consentId: consent.id, version: 1 });

  /** A chain of `count` acceptances, by the customer users 1 to `count`. */
  async function aChain(count = 5): Promise<ConsentView> {
    const consent = await app.aConsent();
    for (let id = 1; id <= count; id++) await accept(consent, id);
    return consent;
  }

  describe('with many writers at once', () => {
    it('is one chain without a gap after 50 of them', async () => {
      const consent = await app.aConsent();
      const people = Array.from({ length: 50 }, (_, i) => i + 1);

      const answers = await Promise.all(people.map((id) => accept(consent, id)));

      expect(answers.map(({ status }) => status)).toEqual(people.map(() => 201));
      const entries = await rows();
      expect(entries.map(({ sequence }) => sequence)).toEqual(people);
      expect(entries.map(({ customerUserId }) => customerUserId).sort((a, b) => a - b)).toEqual(people);
      expect(await app.ledger.verify()).toMatchObject({ intact: true, chains: [{ entries: 50 }] });
    });

    it('starts one chain when the first writers of an organization come at once', async () => {
      const consent = await app.aConsent();
      await app.work.repository(LedgerHead).delete({ organizationId: app.organizationId });

      const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((id) => accept(consent, id)));

      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
      expect(await app.ledger.verify()).toMatchObject({ intact: true, chains: [{ entries: 6 }] });
    });

    it('holds one acceptance of a person who accepts many times at once', async () => {
      const consent = await app.aConsent();

      const answers = await Promise.all(Array.from({ length: 8 }, () => accept(consent, 7)));

      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ body }) => body.code === 'consents.already_accepted')).toHaveLength(7);
      expect(await rows()).toHaveLength(1);
    });

    it('is verified while others write', async () => {
      const consent = await aChain(3);
      const writing = Promise.all([11, 12, 13, 14, 15, 16, 17, 18].map((id) => accept(consent, id)));

      const reports = [await app.ledger.verify(), await app.ledger.verify()];
      await writing;

      expect(reports.map(broken)).toEqual([[], []]);
    });
  });

  it('chains each organization by itself', async () => {
    await aChain(2);
    const elsewhere = anAdmin(app.otherOrganizationId);
    const { body } = await app.call<ConsentView>(elsewhere, 'POST', '/consents', { name: 'Terms', text: 'Be fair.' });
    await app.call(aBuyer(app.otherOrganizationId), 'POST', '/me/consents', { consentId: body.id, version: 1 });

    const entries = await rows();

    expect(entries.map(({ organizationId, sequence }) => [organizationId, sequence])).toEqual(
      expect.arrayContaining([
        [app.organizationId, 1],
        [app.organizationId, 2],
        [app.otherOrganizationId, 1],
      ]),
    );
    expect((await app.ledger.verify()).chains.map(({ entries: count }) => count)).toEqual([2, 1]);
  });

  it('is only ever added to: the database refuses everything else and nothing breaks', async () => {
    const statements = ['UPDATE', 'DELETE'].map((act) =>
      app.work.manager.connection.options.type === 'better-sqlite3'
        ? `CREATE TRIGGER no_${act} BEFORE ${act} ON consent_ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END`
        : `CREATE TRIGGER no_${act} BEFORE ${act} ON consent_ledger FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'append-only'`,
    );
    for (const statement of statements) await app.execute(statement);

    const consent = await aChain(2);
    const withdrawn = await app.call(aBuyer(app.organizationId, 1), 'DELETE', `/me/consents/${consent.id}`);

    expect(withdrawn.status).toBe(204);
    expect((await rows()).map(({ act }) => act)).toEqual(['accepted', 'accepted', 'withdrawn']);
    await expect(app.execute(`UPDATE consent_ledger SET act = 'withdrawn'`)).rejects.toThrow('append-only');
    await expect(app.execute('DELETE FROM consent_ledger')).rejects.toThrow('append-only');
    for (const act of ['UPDATE', 'DELETE']) await app.execute(`DROP TRIGGER no_${act}`);
  });

  it('holds nothing of an acceptance whose listeners fail', async () => {
    const consent = await app.aConsent();
    app.hearer.failure = new Error('No.');

    expect((await accept(consent, 7)).status).toBe(500);

    app.hearer.failure = undefined;
    expect(await rows()).toEqual([]);
    expect((await accept(consent, 7)).status).toBe(201);
    expect(await app.ledger.verify()).toMatchObject({ intact: true, chains: [{ entries: 1 }] });
  });

  it('stays sound when the origin of an entry is erased', async () => {
    await aChain(3);
    const [first] = await rows();
    await app.work.repository(LedgerOrigin).delete({ entryId: first?.id });

    expect(await app.ledger.verify()).toMatchObject({ intact: true, chains: [{ entries: 3, withoutOrigin: 1 }] });
    const { items } = await app.ledger.acceptancesOf(1);
    expect(items).toMatchObject([{ customerUserId: 1, ip: null, userAgent: null }]);
  });

  it('refuses to lose a text that somebody accepted', async () => {
    await aChain(1);

    await expect(app.execute('DELETE FROM consent_translations')).rejects.toThrow(/foreign key/i);
    await expect(app.execute('DELETE FROM consents')).rejects.toThrow(/foreign key/i);
  });

  describe('shows what was tampered with', () => {
    it.each<[string, string, object]>([
      ['an act', `UPDATE consent_ledger SET act = 'withdrawn' WHERE sequence = 3`, { sequence: 3, fault: 'altered' }],
      ['a person', 'UPDATE consent_ledger SET customer_user_id = 99 WHERE sequence = 2', { sequence: 2, fault: 'altered' }],
      ['a name', `UPDATE consent_ledger SET name = 'Terms!' WHERE sequence = 5`, { sequence: 5, fault: 'altered' }],
      ['a hash', `UPDATE consent_ledger SET hash = previous_hash WHERE sequence = 4`, { sequence: 4, fault: 'altered' }],
      [
        'a place in the chain',
        'UPDATE consent_ledger SET sequence = 30 WHERE sequence = 3',
        { sequence: 3, entryId: null, fault: 'missing' },
      ],
      ['the text that was accepted', `UPDATE consent_translations SET text = 'Be rich.'`, { sequence: 1, fault: 'text_altered' }],
      ['an address', `UPDATE consent_ledger_origins SET ip = '192.0.2.9'`, { sequence: 1, fault: 'origin_altered' }],
      ['the head', 'UPDATE consent_ledger_heads SET sequence = 4', { sequence: 5, fault: 'head_altered' }],
      ['the head’s hash', `UPDATE consent_ledger_heads SET hash = 'x'`, { sequence: 5, fault: 'head_altered' }],
      ['a missing head', 'DELETE FROM consent_ledger_heads', { sequence: 5, fault: 'head_altered' }],
    ])('%s', async (_what, statement, fault) => {
      await aChain();

      await app.execute(statement);

      expect(broken(await app.ledger.verify())).toEqual([expect.objectContaining(fault)]);
    });

    it('a time moved by less than is read of it', async () => {
      await aChain(3);
      const later = app.work.manager.connection.options.type === 'better-sqlite3' ? "at || '001'" : 'DATE_ADD(at, INTERVAL 1 MICROSECOND)';

      await app.execute(`UPDATE consent_ledger SET at = ${later} WHERE sequence = 2`);

      expect(broken(await app.ledger.verify())).toEqual([expect.objectContaining({ sequence: 2, fault: 'altered' })]);
    });

    it.each([1, 3, 5])('entry %i removed', async (sequence) => {
      await aChain();

      await app.execute(`DELETE FROM consent_ledger_origins WHERE entry_id = (SELECT id FROM consent_ledger WHERE sequence = ${sequence})`);
      await app.execute(`DELETE FROM consent_ledger WHERE sequence = ${sequence}`);

      expect(broken(await app.ledger.verify())).toEqual([{ sequence, entryId: null, fault: 'missing' }]);
    });

    it('two entries swapped', async () => {
      await aChain();

      for (const [from, to] of [
        [2, 20],
        [4, 2],
        [20, 4],
      ] as const)
        await app.execute(`UPDATE consent_ledger SET sequence = ${to} WHERE sequence = ${from}`);

      expect(broken(await app.ledger.verify())).toEqual([expect.objectContaining({ sequence: 2, fault: 'altered' })]);
    });

    it('an entry written anew with a hash that fits it', async () => {
      await aChain();
      const [second] = (await rows()).slice(1);
      if (!second) throw new Error('The chain is too short.');
      const forged = { ...second, customerUserId: 99 };

      await app.work.repository(LedgerEntry).update({ id: second.id }, { customerUserId: 99, hash: hashOfEntry(forged) });

      expect(broken(await app.ledger.verify())).toEqual([expect.objectContaining({ sequence: 3, fault: 'unchained' })]);
    });
  });

  describe('of which an entry was tampered with', () => {
    const proof = async (consent: ConsentView, sequence: number) => {
      const entry = (await rows()).find((one) => one.sequence === sequence);
      return app.call(anAdmin(app.organizationId), 'GET', `/consents/${consent.id}/acceptances/${entry?.id}/proof`);
    };

    it.each([
      ['its language', `UPDATE consent_ledger SET locale = 'fr' WHERE sequence = 2`],
      ['its hash', 'UPDATE consent_ledger SET hash = previous_hash WHERE sequence = 2'],
      [
        'its address',
        `UPDATE consent_ledger_origins SET ip = '192.0.2.9' WHERE entry_id IN (SELECT id FROM consent_ledger WHERE sequence = 2)`,
      ],
    ])('proves nothing by it, and all by the others: %s', async (_what, statement) => {
      const consent = await aChain(3);

      await app.execute(statement);

      expect(await proof(consent, 2)).toMatchObject({ status: 409, body: { code: 'consents.entry_broken' } });
      expect((await proof(consent, 3)).status).toBe(200);
    });

    it('neither proves nor shows a text that is not what was accepted', async () => {
      const consent = await aChain(1);
      expect((await app.ledger.acceptancesOf(1)).items).toMatchObject([{ text: consent.text }]);

      await app.execute(`UPDATE consent_translations SET text = 'Be rich.'`);

      expect(await proof(consent, 1)).toMatchObject({ status: 409, body: { code: 'consents.entry_broken' } });
      expect((await app.ledger.acceptancesOf(1)).items).toMatchObject([{ sequence: 1, text: null, name: consent.name }]);
    });
  });

  describe('held against what was kept of it elsewhere', () => {
    const known = async () => (await rows()).map(({ organizationId, sequence, hash }) => ({ organizationId, sequence, hash }));

    it('shows a tail cut off together with its head', async () => {
      await aChain(5);
      const kept = await known();
      await app.execute('DELETE FROM consent_ledger_origins');
      await app.execute('DELETE FROM consent_ledger WHERE sequence > 3');
      await app.execute(`UPDATE consent_ledger_heads SET sequence = 3, hash = '${kept[2]?.hash}'`);

      expect((await app.ledger.verify()).intact).toBe(true);
      expect(broken(await app.ledger.verify(kept.slice(-1)))).toEqual([{ sequence: 4, entryId: null, fault: 'missing' }]);
    });

    it('shows a chain written anew from an entry on', async () => {
      await aChain(3);
      const kept = await known();
      let previousHash = kept[0]?.hash ?? '';
      for (const entry of (await rows()).slice(1)) {
        const forged = { ...entry, name: 'Rules', previousHash };
        previousHash = hashOfEntry(forged);
        await app.work.repository(LedgerEntry).update({ id: entry.id }, { ...forged, hash: previousHash });
      }
      await app.work.repository(LedgerHead).update({ organizationId: app.organizationId }, { hash: previousHash });

      expect((await app.ledger.verify()).intact).toBe(true);
      expect(broken(await app.ledger.verify(kept))).toEqual([expect.objectContaining({ sequence: 2, fault: 'written_anew' })]);
    });

    it('shows a whole chain that is gone', async () => {
      const gone = { organizationId: app.organizationId, sequence: 7, hash: 'a'.repeat(64) };

      expect(broken(await app.ledger.verify([gone]))).toEqual([{ sequence: 1, entryId: null, fault: 'missing' }]);
    });
  });

  it('is told of in a line an organization, with the first broken entry', async () => {
    await aChain(4);
    const [, second, , last] = await rows();
    const lines = async () => linesOf(await app.ledger.verify()).map((line) => line.replace(/^Organization \d+: /, ''));

    expect(await lines()).toEqual([
      `4 entries are sound, 0 of them with their origin erased. The last is ${app.organizationId}:4:${last?.hash}`,
    ]);
    await app.execute('UPDATE consent_ledger SET version_number = 2 WHERE sequence IN (2, 3)');
    expect(await lines()).toEqual([
      `broken at entry 2 (id ${second?.id}): its members do not give its hash. 1 entries before it are sound.`,
    ]);
  });
});
