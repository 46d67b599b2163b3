import { Agent, request } from 'node:http';

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
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let [sent, failed] = [0, 0];
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  const worker = async () => {
    while (performance.now() < end) {
      const number = sent++;
      // A prime step visits them in no order that a cache could guess.
      const id = 1 + ((number * 7_919) % ids);
      const unique = String(firstUnique + number);
      const start = performance.now();
      const target = url.replace(':id', String(id)).replace(':unique', unique);
      const status = await send(agent, target, method, headers, body?.replaceAll(':unique', unique));
      latencies.push(performance.now() - start);
      if (status >= 300) failed++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return { latencies, seconds: (performance.now() - begun) / 1_000, failed, requests: sent };
}

const send = (agent: Agent, url: string, method: string, headers: Record<string, string>, body?: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sending = request(url, {
      agent,
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    sending.on('error', reject);
    sending.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sending.end(body);
  });
