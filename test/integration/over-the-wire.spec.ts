import { Import } from '../../src/import-export/imports/import.entity.js';
import { refusal } from '../support/bad-input/problem.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Product, startProduct } from '../support/product.js';
import { postMegabytes, Speaker } from '../support/wire.js';

jest.setTimeout(60_000);

describe('Over a socket, the server', () => {
  let product: Product;
  let url: string;

  beforeAll(async () => {
    product = await startProduct();
    await product.app.listen(0, '127.0.0.1');
    url = await product.app.getUrl();
  });
  afterAll(() => product.close());

  const token = () => ({ authorization: `Bearer ${product.admin.token}` });

  it.each([
    ['that are announced', true],
    ['that just come', false],
  ])('refuses 100 MB %s, without reading them all', async (_how, said) => {
    const answer = await postMegabytes(`${url}/admin/api/customers`, 100, token(), { said });

    expect(refusal(answer)).toEqual([413, 'request.too_large']);
    expect(answer.sent).toBeLessThan(50);
    expect((await product.admin.get('/admin/api/customers')).status).toBe(200);
  });

  it.each([
    ['headers that are too large', `GET /api/me HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address that is too long', `GET /api/${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['what is no HTTP', 'HELO there\r\n\r\n', 400],
    ['two lengths', 'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400],
    [
      'a length and chunks',
      'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a length that is none', 'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}', 400],
  ])('answers %s with a problem', async (_what, text, status) => {
    const caller = new Speaker(url);
    caller.say(text);

    const heard = await caller.everything();

    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\\r\\ncontent-type: application/problem\\+json; charset=utf-8\\r\\n`, 'i'));
    const body = JSON.parse(heard.split('\r\n\r\n')[1] ?? '') as object;
    expect(body).toMatchObject({ status, code: expect.stringMatching(/^request\./), traceId: expect.any(String) });
  });

  it.each(['PROPFIND', 'MKCOL', 'TRACE'])('refuses %s, which hardly anybody knows, at the endpoints of OAuth', async (method) => {
    const caller = new Speaker(url);
    caller.say(`${method} /oauth2-token HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);

    const heard = await caller.everything();

    expect(heard).toMatch(/^HTTP\/1.1 405 .*\r\nAllow: POST\r\n/is);
    expect(JSON.parse(heard.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: 'invalid_request' });
  });

  it('takes one Authorization header for a token, and none of several', async () => {
    const caller = new Speaker(url);
    const basic = `Authorization: Basic ${Buffer.from('a:b').toString('base64')}\r\n`;
    const form = 'grant_type=client_credentials';
    const head = `POST /oauth2-token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${form.length}\r\n`;
    caller.say(`${head}${basic}${basic}Content-Type: application/x-www-form-urlencoded\r\n\r\n${form}`);

    const heard = await caller.everything();

    expect(heard).toMatch(/^HTTP\/1\.1 400 [^]*\r\ncache-control: no-store\r\n/i);
    expect(JSON.parse(heard.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: 'invalid_request' });
  });

  describe('that is asked to stop', () => {
    let other: Product;
    let stop: () => Promise<void>;

    beforeEach(async () => {
      other = await startProduct();
      let stopped: Promise<void> | undefined;
      stop = () => (stopped ??= other.close());
      await other.app.listen(0, '127.0.0.1');
    });
    afterEach(() => stop());

    it('gives the answer that is under way, and then ends, whoever keeps the connection', async () => {
      const caller = new Speaker(await other.app.getUrl());
      const body = JSON.stringify({ email: 'nobody@acme.example', password: 'Wrong-password-1' });
      caller.say(
        `POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
      );
      await caller.hears('100 Continue');

      const stopped = stop();
      caller.say(body);

      await caller.hears('auth.credentials_wrong');
      await stopped;
      expect(await caller.everything()).toMatch(/^connection: close\r$/im);
    });

    it('ends the streams of events, also of an import that goes on', async () => {
      const { body, type } = multipart({
        file: 'Email Address\r\na@acme.example\r\n',
        fields: { entity: 'customer-users', mode: 'validate' },
      });
      const { headers } = await other.admin.post('/admin/api/imports', body, { 'content-type': type });
      const path = headers.get('location') ?? '';
      await eventually(async () => (await other.admin.get<{ finishedAt: string | null }>(path)).body.finishedAt !== null, 'it is over');
      await other.work.repository(Import).update({ id: Number(path.split('/').at(-1)) }, { status: 'running' });
      const caller = new Speaker(await other.app.getUrl());
      caller.say(`GET ${path}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${other.admin.token}\r\n\r\n`);
      await caller.hears('event: progress');

      await stop();

      expect(await caller.everything()).not.toContain('event: finished');
    });
  });
});
