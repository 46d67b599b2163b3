import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Level, type Logger, pino } from 'pino';

/** Members that never reach the log, up to four levels deep in a line. */
const SECRET_MEMBERS = [
  ...['password', 'newPassword', 'currentPassword', 'passwordHash', 'token', 'accessToken', 'refreshToken', 'secret', 'clientSecret'],
  ...['client_secret', 'access_token', 'authorization', 'cookie', 'html', 'text'],
];

/** Bytes of lines that leave the process together, and the milliseconds that they wait for more at most. */
const TOGETHER = { minLength: 4_096, periodicFlush: 100 };

let output: DestinationStream | undefined;

/**
 * Standard output. To write each line by itself takes as long as a tenth of a short request; a process that ends writes what waits, and one
 * that is killed loses the lines of its last tenth of a second.
 */
const standardOutput = (): DestinationStream => (output ??= pino.destination({ sync: false, ...TOGETHER }));

/** JSON lines; secrets, tokens, passwords and the bodies of mails are replaced. */
export function createLog(level: string, destination = standardOutput()): Logger {
  const paths = SECRET_MEMBERS.flatMap((member) => [member, `*.${member}`, `*.*.${member}`, `*.*.*.${member}`]);
  const options = { level, base: { pid: process.pid }, redact: { paths, censor: '[redacted]' }, serializers: { err: serialiseError } };
  return pino(options, destination);
}

/** The parameters of a failed statement hold what people typed: they stay out of the log. */
function serialiseError({ name, message, stack, code, query }: Error & { code?: string; query?: string }): object {
  return { type: name, message, stack, ...(code && { code }), ...(query && { query }) };
}

/** What Nest says of each module and route at every start. */
const CHATTY = new Set<unknown>(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Nest's log calls as pino lines. The last parameter is the name of the logger; an object or an error gives the line its members. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log = (message: unknown, ...more: unknown[]): void => this.write(CHATTY.has(more.at(-1)) ? 'debug' : 'info', message, more);
  error = (message: unknown, ...more: unknown[]): void => this.write('error', message, more);
  warn = (message: unknown, ...more: unknown[]): void => this.write('warn', message, more);
  debug = (message: unknown, ...more: unknown[]): void => this.write('debug', message, more);
  verbose = (message: unknown, ...more: unknown[]): void => this.write('trace', message, more);
  fatal = (message: unknown, ...more: unknown[]): void => this.write('fatal', message, more);

  private write(level: Level, message: unknown, more: unknown[]): void {
    const texts = more.filter((entry): entry is string => typeof entry === 'string');
    const logger = texts.pop();
    const text = texts.join(' ');
    if (message instanceof Error) this.pino[level]({ logger, err: message }, text || message.message);
    else if (typeof message === 'object' && message !== null) this.pino[level]({ logger, ...message }, text);
    else this.pino[level]({ logger, ...(text && { stack: text }) }, String(message));
  }
}
