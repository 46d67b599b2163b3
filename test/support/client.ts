export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** As the test expects it; a text when it is no JSON. */
  readonly body: T;
}

export interface Listed<T = unknown> {
  items: T[];
  page: { limit: number; next: string | null; total?: number };
}

/** A caller of a running server, with or without a token. */
export class Client {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  as(token: string): Client {
    return new Client(this.url, token);
  }

  get<T = unknown>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  post<T = unknown>(path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send('POST', path, body, headers);
  }

  patch<T = unknown>(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send('PATCH', path, body, headers);
  }

  /** A form goes as one, everything else as JSON. */
  private async send<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const answer = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }
}
