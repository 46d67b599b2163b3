import { Writable } from 'node:stream';
import { QueryFailedError } from 'typeorm';
import { createLog, NestLog } from './logging.js';

interface Line {
  level: number;
  msg: string;
  [member: string]: unknown;
}

function aLog() {
  const lines: Line[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });
  return { lines, log: createLog('trace', stream) };
}

describe('The log', () => {
  it('keeps secrets, tokens, passwords and the bodies of mails out, also deep in a line', () => {
    const { lines, log } = aLog();

    log.info({ password: 'pw-1', body: { newPassword: 'pw-2', user: { refreshToken: 'tk-1', clientSecret: 'cs-1' } } }, 'a login');
    log.info({ mail: { html: '<a href="?token=tk-2">', text: 'tk-3', to: 'a@example.com' }, authorization: 'Bearer tk-4' }, 'a mail');

    const text = JSON.stringify(lines);
    for (const secret of ['pw-1', 'pw-2', 'tk-1', 'cs-1', 'tk-2', 'tk-3', 'tk-4']) expect(text).not.toContain(secret);
    expect(text).toContain('[redacted]');
    expect(text).toContain('a@example.com');
  });

  it('shows a failed statement without the values that people typed', () => {
    const { lines, log } = aLog();
    const error = new QueryFailedError('INSERT INTO t VALUES (?)', ['typed-by-somebody'], new Error('no such table: t'));

    new NestLog(log).error(error, 'Rows');

    expect(lines[0]).toMatchObject({ level: 50, logger: 'Rows', err: { query: 'INSERT INTO t VALUES (?)' } });
    expect(JSON.stringify(lines)).not.toContain('typed-by-somebody');
  });

  it('says who speaks and what, and keeps quiet about every route at the start', () => {
    const { lines, log } = aLog();
    const nest = new NestLog(log);

    nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    nest.warn({ traceId: 't-1', job: 5 }, 'A job failed', 'Jobs');

    expect(lines).toMatchObject([
      { level: 20, logger: 'RouterExplorer' },
      { level: 40, logger: 'Jobs', traceId: 't-1', job: 5, msg: 'A job failed' },
    ]);
  });
});
