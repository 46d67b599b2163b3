import { loadConfiguration } from '../../platform/config/index.js';

/** Where the server is and who asks it, as the options of a command say. */
export interface SessionOptions {
  url?: string;
  email?: string;
  password?: string;
}

export const SESSION_OPTIONS = { url: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' } } as const;

export const SESSION_HELP = `What is left out of --url, --email and --password is read from the environment (or .env): PUBLIC_URL, ADMIN_EMAIL and ADMIN_PASSWORD.`;

/** What the server says against a request, in the words of its answer. */
export class Refused extends Error {}

/** A console user's session at a server that runs. */
export class Session {
  private token = '';

  private constructor(
    private readonly url: string,
    private readonly credentials: { email: string; password: string },
  ) {}

  static async open({ url, email, password }: SessionOptions): Promise<Session> {
    const { http, firstAdmin } = loadConfiguration();
    const given = password ?? firstAdmin.password;
    if (given === undefined) throw new Refused('Say the password: --password, or ADMIN_PASSWORD.');
    const session = new Session(url ?? http.publicUrl, { email: email ?? firstAdmin.email, password: given });
    await session.logIn();
    return session;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.send('GET', path)).json()) as T;
  }

  async post<T>(path: string, body?: object): Promise<T> {
    return (await (await this.send('POST', path, body)).json()) as T;
  }

  /** A file, as it comes. */
  async download(path: string): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.send('GET', path);
    if (!body) throw new Refused(`${path} has no content.`);
    return body;
  }

  private async send(method: string, path: string, body?: object, again = true): Promise<Response> {
    const isForm = body instanceof FormData;
    const answer = await this.fetch(`/admin/api${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body && !isForm && { 'content-type': 'application/json' }) },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    if (answer.ok) return answer;
    if (answer.status === 401 && again && path !== '/auth/login') {
      // The session of a long run has come to its end.
      await this.logIn();
      return this.send(method, path, body, false);
    }
    throw new Refused(await reasonOf(answer));
  }

  private async fetch(path: string, request: RequestInit): Promise<Response> {
    if (!URL.canParse(path, this.url)) throw new Refused(`${this.url} is no address of a server: it begins with http:// or https://.`);
    try {
      return await fetch(new URL(path, this.url), request);
    } catch (error) {
      const { cause } = error as { cause?: { code?: string; message?: string } };
      throw new Refused(`${this.url} does not answer: ${cause?.message || cause?.code || (error as Error).message}.`);
    }
  }

  private async logIn(): Promise<void> {
    const { accessToken } = await this.post<{ accessToken: string }>('/auth/login', this.credentials);
    this.token = accessToken;
  }
}

async function reasonOf(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { detail, errors = [] } = JSON.parse(text) as { detail?: string; errors?: { pointer: string; detail: string }[] };
    return [detail ?? text, ...errors.map((error) => `  ${error.pointer}: ${error.detail}`)].join('\n');
  } catch {
    return `The server answered ${answer.status}.`;
  }
}
