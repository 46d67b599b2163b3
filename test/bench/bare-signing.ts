import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

export interface SigningOrder {
  readonly key: string;
  /** Whether the thread that serves signs as well. */
  readonly synchronous: boolean;
}

/** The limit of a token endpoint: a bare `node:http` server that reads the body, checks nothing, and signs an access token. */
process.once('disconnect', () => process.exit());

process.once('message', ({ key, synchronous }: SigningOrder) => {
  const privateKey = createPrivateKey(key);
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const head = encoded({ alg: 'RS256', typ: 'at+jwt', kid: randomUUID() });
  const content = () => {
    const now = Math.floor(Date.now() / 1_000);
    const client = { sub: 'client', client_id: 'client', aud: 'storefront', scope: 'customer_user:view' };
    return `${head}.${encoded({ iss: 'http://localhost', ...client, iat: now, nbf: now, exp: now + 3_600, jti: randomUUID() })}`;
  };
  const signed = (text: string) =>
    synchronous
      ? Promise.resolve(sign('sha256', Buffer.from(text), privateKey))
      : new Promise<Buffer>((resolve, reject) =>
          sign('sha256', Buffer.from(text), privateKey, (error, signature) => (error ? reject(error) : resolve(signature))),
        );
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then(async () => {
        const text = content();
        return `${text}.${(await signed(text)).toString('base64url')}`;
      })
      .then((token) => {
        const body = JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: token, scope: 'customer_user:view' });
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store', 'content-length': body.length });
        response.end(body);
      });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ address: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` });
  });
});

const bodyOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('error', reject);
    request.on('end', () => resolve(body));
  });
