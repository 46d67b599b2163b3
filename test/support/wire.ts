import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Answer } from './client.js';
import { eventually } from './jobs/eventually.js';
import type { Refused } from './product.js';

const MEGABYTE = Buffer.alloc(1_048_576, 'x');

/** Posts so many megabytes over a socket, said before or not, and answers what came back, whether all of them were taken or not. */
export async function postMegabytes(
  url: string,
  megabytes: number,
  headers: Record<string, string>,
  { said }: { said: boolean },
): Promise<Answer<Refused> & { sent: number }> {
  const posting = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, ...(said && { 'content-length': String(megabytes * MEGABYTE.length) }) },
  });
  let sent = 0;
  let over = false;
  const answered = new Promise<Answer<Refused>>((resolve, reject) => {
    // A server that has answered need not read the rest: the socket may end while the client still writes.
    posting.on('error', (error) => over || reject(error));
    posting.on('response', (response) => {
      const chunks: Buffer[] = [];
      over = true;
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const kept = Object.entries(response.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Refused;
        resolve({ status: response.statusCode ?? 0, headers: new Headers(kept), body });
      });
    });
  });
  const write = async () => {
    for (; sent < megabytes && !over; sent++)
      if (!posting.write(MEGABYTE)) await Promise.race([once(posting, 'drain'), answered]).catch(() => undefined);
    if (!over) posting.end();
  };
  const [answer] = await Promise.all([answered, write()]);
  posting.destroy();
  return { ...answer, sent };
}

/** Speaks to a server in bytes. */
export class Speaker {
  private heard = '';
  private readonly socket: Socket;
  private readonly ended: Promise<unknown>;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.on('data', (chunk: Buffer) => (this.heard += chunk.toString('latin1')));
    this.socket.on('error', () => undefined);
    this.ended = once(this.socket, 'close');
  }

  say(text: string): void {
    this.socket.write(text);
  }

  hears(text: string): Promise<void> {
    return eventually(() => this.heard.includes(text), `the server says "${text}"; it said "${this.heard}"`);
  }

  /** All that the server said until it ended the connection. */
  async everything(): Promise<string> {
    await this.ended;
    return this.heard;
  }
}
