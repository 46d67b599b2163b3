import type { JsonWebKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AcceptanceProof,
  type AcceptanceView,
  type AcceptedConsentView,
  type ConsentView,
  type MyConsentView,
  verifyProof,
} from '../../src/consents/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import { anOrganization } from '../factories/organizations.js';
import { aRegistration } from '../factories/registrations.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { ProductProcess } from '../support/product-process.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

interface Run {
  id: number;
  status: string;
  rows: number;
}

describe('The acceptances of a consent', () => {
  let product: Product;
  let consent: Json<ConsentView>;
  let other: Json<ConsentView>;
  let amanda: CustomerUserBody;
  let buyer: Caller;
  const registered = aRegistration();

  const addConsent = async (name: string) =>
    (await product.admin.post<Json<ConsentView>>('/admin/api/consents', { name, text: `The ${name}, "quoted", and =more.` })).body;
  const list = async (query = '') =>
    (await product.admin.get<Listed<Json<AcceptanceView>>>(`/admin/api/consents/${consent.id}/acceptances?${query}`)).body.items;
  const mine = async (path: string) => (await buyer.get<Listed<Json<AcceptedConsentView>>>(path)).body.items;
  const acts = async (query: string) => (await list(query)).map(({ act, version }) => `${act} ${version}`);

  beforeAll(async () => {
    product = await startProduct();
    consent = await addConsent('Terms');
    other = await addConsent('Newsletter');
    amanda = await aCustomerUser(product.admin);
    buyer = product.as((await product.logIn(amanda.email, PASSWORD)).accessToken);
    await product.nobody.post('/api/registration', { ...registered, consents: [{ consentId: consent.id, version: 1 }] });
    await buyer.post('/api/me/consents', { consentId: consent.id, version: 1 });
    await buyer.post('/api/me/consents', { consentId: other.id, version: 1 });
    await product.admin.post(`/admin/api/consents/${consent.id}/versions`, { text: 'Shorter.', reacceptance: true });
    await buyer.post('/api/me/consents', { consentId: consent.id, version: 2 });
    await buyer.delete(`/api/me/consents/${consent.id}`);
  });
  afterAll(() => product.close());

  it('are listed by version, act, person, channel and time', async () => {
    expect(await acts('')).toEqual(['withdrawn 2', 'accepted 2', 'accepted 1', 'accepted 1']);
    expect(await acts('filter[version]=1')).toEqual(['accepted 1', 'accepted 1']);
    expect(await acts('filter[act]=withdrawn')).toEqual(['withdrawn 2']);
    expect(await acts('filter[channel]=registration')).toEqual(['accepted 1']);
    expect(await acts(`filter[customerUserId]=${amanda.id}&sort=at`)).toEqual(['accepted 1', 'accepted 2', 'withdrawn 2']);
    expect(await acts('filter[at][gt]=2999-01-01T00:00:00Z')).toEqual([]);
  });

  describe('exported', () => {
    async function exported(caller: Caller, draft: object = {}) {
      const { body } = await caller.post<Run>('/admin/api/exports', { entity: 'consent-acceptances', ...draft });
      const path = `/admin/api/exports/${body.id}`;
      await eventually(async () => /completed|failed/.test((await caller.get<Run>(path)).body.status), 'the export ends');
      return (await caller.get<string>(`${path}/file`)).body.split('\r\n').slice(0, -1);
    }

    it('are a file with who accepted what, as far as the filter goes', async () => {
      const [header, first, ...more] = await exported(product.admin, { filter: { consentId: consent.id, act: 'accepted' }, sort: 'id' });

      expect(header).toBe(
        'ID,Consent Id,Consent,Version,Act,At,Customer User Id,Email Address,First Name,Last Name,Language,Channel,Text Hash,Sequence,Hash',
      );
      expect(first).toMatch(
        new RegExp(
          `^1,${consent.id},Terms,1,accepted,[^,]+Z,\\d+,${registered.email},Nora,North,,registration,[\\da-f]{64},1,[\\da-f]{64}$`,
        ),
      );
      expect(more).toHaveLength(2);
    });

    it('have the exact text when it is asked for, with cells that no spreadsheet runs', async () => {
      const columns = ['ID', 'text', 'IP Address'];

      expect(await exported(product.admin, { filter: { consentId: other.id }, columns })).toEqual([
        'ID,Text,IP Address',
        '3,"The Newsletter, ""quoted"", and =more.",127.0.0.1',
      ]);
    });

    it('name nobody to who may not see him', async () => {
      const rights = { 'consent:view': 'organization', 'customer_user:view': 'none' } as const;
      const reader = await aConsoleCaller(product, { rights, capabilities: ['export'] });

      const rows = await exported(reader, { columns: ['Act', 'Email Address', 'Last Name'] });

      expect(rows).toEqual([
        'Act,Email Address,Last Name',
        ...['withdrawn', 'accepted', 'accepted', 'accepted', 'accepted'].map((act) => `${act},,`),
      ]);
    });

    it('are of the own organization, and refused without the permission', async () => {
      const { id: organizationId } = await anOrganization(product);
      const rights = { 'consent:view': 'organization', 'customer_user:view': 'organization' } as const;
      const stranger = await aConsoleCaller(product, { organizationId, rights, capabilities: ['export'] });
      const blind = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization' }, capabilities: ['export'] });

      expect(await exported(stranger, { columns: ['ID'] })).toEqual(['ID']);
      expect((await blind.post('/admin/api/exports', { entity: 'consent-acceptances' })).status).toBe(403);
    });
  });

  describe('proved', () => {
    const proofOf = async (act: string) => {
      const [entry] = await list(`filter[customerUserId]=${amanda.id}&filter[act]=${act}`);
      return product.admin.get<AcceptanceProof>(`/admin/api/customer-users/${amanda.id}/consents/${entry?.id}/proof`);
    };
    const published = async () => (await product.nobody.get<{ keys: JsonWebKey[] }>('/.well-known/jwks.json')).body.keys;

    it.each(['accepted', 'withdrawn'])('are what was %s, with the exact text, signed with a key that is published', async (act) => {
      const { status, body } = await proofOf(act);

      expect(status).toBe(200);
      expect(body).toMatchObject({
        format: 'consent-proof/1',
        entry: { act, customerUserId: amanda.id, consentId: consent.id, version: 2 },
        text: 'Shorter.',
        origin: { ip: '127.0.0.1' },
        person: { customerUserId: amanda.id, fullName: 'Amanda Cole', email: amanda.email },
      });
      expect(verifyProof(body, await published())).toMatchObject({ sound: true });
    });

    it('name nobody on the side of the consent', async () => {
      const [entry] = await list('filter[channel]=registration');

      const { body } = await product.admin.get<AcceptanceProof>(`/admin/api/consents/${consent.id}/acceptances/${entry?.id}/proof`);

      expect(body).toMatchObject({ person: null, text: consent.text, entry: { channel: 'registration' }, hash: entry?.hash });
      expect(verifyProof(body, await published())).toMatchObject({ sound: true });
    });

    it('are fetched by who accepted, for himself alone', async () => {
      const { dataDir } = product.configuration.process;
      const [proof, keys] = ['own-proof.json', 'own-jwks.json'].map((name) => join(dataDir, name)) as [string, string];
      const own = `/api/me/consents/${consent.id}/acceptances`;
      const [last, first] = [await buyer.get<Json<MyConsentView>>(`/api/me/consents/${consent.id}`), (await mine(own)).at(-1)];
      expect((await mine(own)).map(({ act, version, text }) => `${act} ${version} ${text}`)).toEqual([
        'withdrawn 2 Shorter.',
        'accepted 2 Shorter.',
        `accepted 1 ${consent.text}`,
      ]);
      expect((await mine(`${own}?filter[act]=withdrawn`)).map(({ id }) => id)).toEqual([last.body.acceptanceId]);

      const { status, body } = await buyer.get<AcceptanceProof>(`${own}/${first?.id}/proof`);

      const person = { customerUserId: amanda.id, fullName: 'Amanda Cole', email: amanda.email };
      expect([status, body]).toEqual([200, expect.objectContaining({ text: consent.text, person })]);
      await writeFile(proof, JSON.stringify(body));
      await writeFile(keys, JSON.stringify({ keys: await published() }));
      const told = await ProductProcess.run('src/commands/consents-verify-proof.ts', dataDir, {}, proof, '--jwks', keys);
      expect(told).toContain('ok: the key is one that the issuer publishes');
      const [others] = await list('filter[channel]=registration');
      for (const [path, code] of [
        [`${own}/${others?.id}`, 'acceptances.not_found'],
        [`/api/me/consents/${other.id}/acceptances/${first?.id}`, 'acceptances.not_found'],
        [`/api/me/consents/999999/acceptances/${first?.id}`, 'consents.not_found'],
        [`${own}/999999`, 'acceptances.not_found'],
      ])
        expect(await buyer.get(`${path}/proof`)).toMatchObject({ status: 404, body: { code } });
      expect((await product.nobody.get(`${own}/${first?.id}/proof`)).status).toBe(401);
    });

    it('are not of another consent, another person or an act that never was', async () => {
      const [entry] = await list('filter[channel]=registration');
      const missing = async (path: string) => (await product.admin.get(`/admin/api/${path}/proof`)).body.code;

      expect(await missing(`consents/${other.id}/acceptances/${entry?.id}`)).toBe('acceptances.not_found');
      expect(await missing(`customer-users/${amanda.id}/consents/${entry?.id}`)).toBe('acceptances.not_found');
      expect(await missing(`consents/${consent.id}/acceptances/999999`)).toBe('acceptances.not_found');
      expect(await missing('consents/999999/acceptances/1')).toBe('consents.not_found');
    });

    it('are found out at the command line when they were changed', async () => {
      const { dataDir } = product.configuration.process;
      const [proof, keys] = ['proof.json', 'jwks.json'].map((name) => join(dataDir, name)) as [string, string];
      const { body } = await proofOf('accepted');
      const verify = () => ProductProcess.run('src/commands/consents-verify-proof.ts', dataDir, {}, proof, '--jwks', keys);
      await writeFile(keys, JSON.stringify({ keys: await published() }));

      await writeFile(proof, JSON.stringify({ ...body, text: 'Longer.' }));

      await expect(verify()).rejects.toThrow(
        /ended with 1:\nok: .+\nFAULT: the text is the one that the entry names\nok: .+\nFAULT: .+\nok: .+\n$/,
      );
    });

    it('say at the command line, without the keys of the issuer, what nobody has looked at, and end well when they are signed', async () => {
      const { dataDir } = product.configuration.process;
      const proof = join(dataDir, 'whose.json');
      const { body } = await proofOf('accepted');
      const verify = (...options: string[]) => ProductProcess.run('src/commands/consents-verify-proof.ts', dataDir, {}, proof, ...options);

      await writeFile(proof, JSON.stringify(body));
      expect(await verify()).toMatch(/^(ok: .+\n)+UNCHECKED: .+\n$/);
      await writeFile(proof, JSON.stringify({ ...body, signature: null }));
      await expect(verify()).rejects.toThrow(/ended with 2:\n(ok: .+\n)+UNCHECKED: .+\n$/);
      expect(await verify('--unsigned')).toMatch(/UNCHECKED: .+\n$/);
    });
  });
});
