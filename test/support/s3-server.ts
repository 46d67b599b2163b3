import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** As much of S3 as the file store speaks, kept in memory. Requests that are not signed are refused. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  private readonly uploads = new Map<string, Map<number, Buffer>>();
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  });

  static async start(): Promise<S3Server> {
    const started = new S3Server();
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  /** For `FILES_URL`. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `s3://key:secret@bucket/files?region=eu-central-1&endpoint=http://127.0.0.1:${port}`;
  }

  /** Uploads that were neither finished nor given up. */
  get openUploads(): number {
    return this.uploads.size;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://s3');
    const name = decodeURIComponent(pathname).replace(/^\/bucket\/?/, '');
    const body = await buffer(request);
    if (!/^AWS4-HMAC-SHA256 Credential=key\/.*Signature=[\da-f]{64}$/.test(request.headers.authorization ?? ''))
      return this.refuse(response, 403, 'AccessDenied');
    const upload = query.get('uploadId');
    if (request.method === 'PUT') {
      if (upload === null) this.objects.set(name, body);
      else this.uploads.get(upload)?.set(Number(query.get('partNumber')), body);
      response.writeHead(200, { etag: tagOf(body) }).end();
    } else if (request.method === 'POST' && query.has('uploads')) {
      const id = `upload-${name}`;
      this.uploads.set(id, new Map());
      xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    } else if (request.method === 'POST' && upload !== null) {
      const parts = [...(this.uploads.get(upload) ?? [])].sort(([one], [other]) => one - other);
      this.objects.set(name, Buffer.concat(parts.map(([, part]) => part)));
      this.uploads.delete(upload);
      xml(response, `<CompleteMultipartUploadResult><Key>${name}</Key><ETag>"x"</ETag></CompleteMultipartUploadResult>`);
    } else if (request.method === 'POST' && query.has('delete')) {
      for (const [, key = ''] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) this.objects.delete(key);
      xml(response, '<DeleteResult></DeleteResult>');
    } else if (request.method === 'DELETE') {
      if (upload !== null) this.uploads.delete(upload);
      response.writeHead(204).end();
    } else if (query.get('list-type') === '2') this.list(response, query);
    else this.read(request, response, name);
  }

  private list(response: ServerResponse, query: URLSearchParams): void {
    const after = query.get('start-after') ?? '';
    const names = [...this.objects.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '') && name > after).sort();
    // A page of three shows whether the rest is asked for.
    const page = names.slice(0, 3);
    const contents = page.map((name) => `<Contents><Key>${name}</Key><Size>${this.objects.get(name)?.length}</Size></Contents>`);
    xml(response, `<ListBucketResult><IsTruncated>${names.length > page.length}</IsTruncated>${contents.join('')}</ListBucketResult>`);
  }

  private read(request: IncomingMessage, response: ServerResponse, name: string): void {
    const found = this.objects.get(name);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (!found) return this.refuse(response, 404, 'NoSuchKey');
    if (start > 0 && start >= found.length) return this.refuse(response, 416, 'InvalidRange');
    const bytes = found.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length, etag: tagOf(found) });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  private refuse(response: ServerResponse, status: number, code: string): void {
    response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  }
}

const tagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;

const xml = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
};
