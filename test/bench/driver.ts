import { RawConnection } from './raw-connection.js';

export interface DriveOrder {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
  /** `:id` in the URL is one of so many, in turn. */
  readonly ids: number;
  /** The first number that stands for `:unique`. */
  readonly firstUnique: number;
}

export interface Driven {
  readonly latencies: number[];
  readonly seconds: number;
  readonly failed: number;
  readonly requests: number;
}

/** Sends requests as fast as they are answered, over so many connections, in a process of its own. */
process.once('disconnect', () => process.exit());

process.on('message', (order: DriveOrder) => {
  void drive(order).then((driven) => process.send?.(driven));
});

async function drive({ url, method, headers, body, connections, seconds, ids, firstUnique }: DriveOrder): Promise<Driven> {
  const { hostname, port, pathname, search } = new URL(url);
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const latencies: number[] = [];
  let [sent, failed] = [0, 0];
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  const worker = async () => {
    const connection = new RawConnection(hostname, Number(port));
    while (performance.now() < end) {
      const number = sent++;
      // A prime step visits them in no order that a cache could guess.
      const id = 1 + ((number * 7_919) % ids);
      const unique = String(firstUnique + number);
      const target = `${pathname}${search}`.replace(':id', String(id)).replace(':unique', unique);
      const content = body?.replaceAll(':unique', unique);
      const length = content === undefined ? '' : `content-length: ${Buffer.byteLength(content)}\r\n`;
      const start = performance.now();
      const status = await connection.send(`${method} ${target} HTTP/1.1\r\n${lines.join('')}${length}\r\n${content ?? ''}`);
      latencies.push(performance.now() - start);
      if (status >= 300) failed++;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return { latencies, seconds: (performance.now() - begun) / 1_000, failed, requests: sent };
}
