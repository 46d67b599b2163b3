import type { Printer } from './printer.js';

/** An answer that is not what the demo needs in order to go on. */
export class UnexpectedAnswer extends Error {
  constructor(method: string, path: string, status: number, body: unknown) {
    super(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
  }
}

/** Headers of an answer that are worth a look. */
const SHOWN = ['location', 'etag', 'www-authenticate'];

interface Options {
  /** A success when left out. */
  expect?: number;
}

/** Sends requests to a server and, with a printer, shows each with its answer. */
export class Caller {
  constructor(
    private readonly url: string,
    private readonly printer?: Printer,
    private readonly token?: string,
  ) {}

  as(token: string): Caller {
    return new Caller(this.url, this.printer, token);
  }

  /** The same caller, whose requests are not shown. */
  quietly(): Caller {
    return new Caller(this.url, undefined, this.token);
  }

  get<T = unknown>(path: string, options?: Options): Promise<T> {
    return this.send('GET', path, undefined, options);
  }

  post<T = unknown>(path: string, body?: object, options?: Options): Promise<T> {
    return this.send('POST', path, body, options);
  }

  private async send<T>(method: string, path: string, body: object | undefined, { expect }: Options = {}): Promise<T> {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    this.printer?.request(method, path, isForm ? Object.fromEntries(Array.from(body, ([name, value]) => [name, fieldOf(value)])) : body);
    const answer = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const content: unknown = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
    const notes = SHOWN.flatMap((name) => (answer.headers.has(name) ? `${name}: ${answer.headers.get(name)}` : []));
    this.printer?.answer(answer.status, answer.statusText, notes, text === '' ? undefined : content);
    if (expect === undefined ? !answer.ok : answer.status !== expect) throw new UnexpectedAnswer(method, path, answer.status, content);
    return content as T;
  }
}

const fieldOf = (value: string | File): string => (typeof value === 'string' ? value : `<the file ${value.name}, ${value.size} bytes>`);
