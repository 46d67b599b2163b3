import { isAbsolute, join, resolve } from 'node:path';
import { isIP } from 'node:net';
import { isEmail } from 'class-validator';
import { ConfigurationFault } from './configuration-fault.js';

/** A variable of the environment: what it means, and how its text becomes a value. `parse` throws a sentence that names the cure. */
interface Variable<T> {
  description: string;
  /** What `.env.example` shows; the default where there is one. */
  example: string;
  /** The default is commented out in `.env.example` for variables that are unset by default. */
  optional?: boolean;
  parse(text: string | undefined): T;
}

const list = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const folder = (byDefault: string) => (text: string | undefined) => resolve(text ?? byDefault);

function url(protocols: string[], cure: string) {
  return (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) throw new Error(cure);
    return text.replace(/\/+$/, '');
  };
}

function oneOf(values: readonly string[], byDefault: string) {
  return (text: string | undefined): string => {
    const value = text ?? byDefault;
    if (!values.includes(value)) throw new Error(`must be one of ${values.join(', ')}`);
    return value;
  };
}

function port(text: string | undefined): number {
  const value = Number(text ?? '3000');
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error('must be a port number from 0 to 65535');
  return value;
}

function isAddressOrRange(entry: string): boolean {
  const [address = '', bits] = entry.split('/');
  const version = isIP(address);
  if (version === 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function proxies(text: string | undefined): readonly string[] {
  const wrong = list(text).filter((entry) => !isAddressOrRange(entry));
  if (wrong.length > 0) throw new Error(`must be a comma list of IP addresses or CIDR ranges; not so: ${wrong.join(', ')}`);
  return list(text);
}

function origins(text: string | undefined): readonly string[] {
  const wrong = list(text).filter((entry) => !URL.canParse(entry) || new URL(entry).origin !== entry);
  if (wrong.length > 0) throw new Error(`must be a comma list of origins such as https://shop.example.com; not so: ${wrong.join(', ')}`);
  return list(text);
}

function adminEmail(text: string | undefined): string {
  const value = text ?? 'admin@example.com';
  if (!isEmail(value) || value.length > 255) throw new Error('must be an email address');
  return value;
}

function adminPassword(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const strong = text.length >= 8 && text.length <= 1_000 && /\p{Ll}/u.test(text) && /\p{Lu}/u.test(text) && /\p{Nd}/u.test(text);
  if (!strong) throw new Error('must have at least 8 characters with a lower-case letter, an upper-case letter and a digit');
  return text;
}

function sessionSecret(text: string | undefined): string | undefined {
  if (text !== undefined && text.length < 32)
    throw new Error('must have at least 32 characters; `openssl rand -base64 48` makes a good one');
  return text;
}

function filesUrl(text: string | undefined): string | undefined {
  if (text === undefined || text.startsWith('./') || isAbsolute(text)) return text;
  if (text.startsWith('s3://') && URL.canParse(text) && new URL(text).hostname !== '') {
    const endpoint = new URL(text).searchParams.get('endpoint');
    if (endpoint === null || /^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) return text;
  }
  throw new Error('must be a folder, absolute or starting with ./, or s3://bucket/prefix?region=...&endpoint=https://...');
}

/** Every variable that the product reads, in the order of `.env.example`. */
export const VARIABLES = {
  NODE_ENV: {
    description: '`production` demands SESSION_SECRET.',
    example: 'development',
    parse: oneOf(['development', 'production', 'test'], 'development'),
  },
  PORT: { description: 'The port to listen on.', example: '3000', parse: port },
  HOST: { description: 'The address to listen on; 0.0.0.0 for all.', example: '127.0.0.1', parse: (text) => text ?? '127.0.0.1' },
  PUBLIC_URL: {
    description: 'Where clients reach this server: the start of links in mails and the issuer of tokens.',
    example: 'http://localhost:3000',
    parse: (text: string | undefined) => {
      const cure = 'must be an http:// or https:// URL';
      const value = url(['http:', 'https:'], cure)(text);
      // RFC 8414 section 2.
      if (value !== undefined && /[?#@]/.test(value)) throw new Error(`${cure} without ?, # or @`);
      return value;
    },
  },
  DATA_DIR: { description: 'The folder for the SQLite file, uploads and the outbox.', example: './data', parse: folder('./data') },
  DATABASE_URL: {
    description: 'mysql://user:password@host:3306/name for MySQL 8, mariadb://... for MariaDB 10.6 or newer. Unset: SQLite in DATA_DIR.',
    example: 'mysql://identity:secret@127.0.0.1:3306/identity',
    optional: true,
    parse: (text: string | undefined) => {
      const cure = 'must be mysql://user:password@host:port/name or mariadb://user:password@host:port/name';
      const value = url(['mysql:', 'mariadb:'], cure)(text);
      if (value !== undefined && new URL(value).pathname.length < 2) throw new Error(`${cure}; the name of the database is missing`);
      return value;
    },
  },
  REDIS_URL: {
    description:
      'redis://host:6379/0 for the Bull queue, and what processes tell each other of changes. Unset: one HTTP process, which runs the jobs.',
    example: 'redis://127.0.0.1:6379',
    optional: true,
    parse: url(['redis:', 'rediss:'], 'must be a redis:// or rediss:// URL'),
  },
  SMTP_URL: {
    description: 'smtp://user:password@host:587 or smtps://... Unset: mails are written as .eml files to DATA_DIR/outbox.',
    example: 'smtp://127.0.0.1:1025',
    optional: true,
    parse: url(['smtp:', 'smtps:'], 'must be an smtp:// or smtps:// URL'),
  },
  FILES_URL: {
    description:
      'The folder for uploads and exports, or s3://bucket/prefix?region=eu-central-1 (with &endpoint=https://host for other servers than Amazon; credentials as key:secret@ before the bucket, or as AWS clients find them). Unset: DATA_DIR/files. HTTP processes and workers must share it.',
    example: './data/files',
    optional: true,
    parse: filesUrl,
  },
  KEYS_DIR: { description: 'The folder with the keys that sign OAuth access tokens.', example: './keys', parse: folder('./keys') },
  ADMIN_EMAIL: { description: 'The first admin, made on the first start.', example: 'admin@example.com', parse: adminEmail },
  ADMIN_PASSWORD: {
    description: 'His password. Unset: one is generated and printed once.',
    example: 'Change-me-1',
    optional: true,
    parse: adminPassword,
  },
  SESSION_SECRET: {
    description: 'Signs sessions; at least 32 characters, the same in every process. Unset: generated into DATA_DIR (not in production).',
    example: 'the-output-of-openssl-rand-base64-48',
    optional: true,
    parse: sessionSecret,
  },
  LOG_LEVEL: {
    description: 'fatal, error, warn, info, debug, trace or silent.',
    example: 'info',
    parse: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  },
  TRUSTED_PROXIES: {
    description: 'IP addresses or CIDR ranges, comma-separated, whose X-Forwarded-For is believed.',
    example: '10.0.0.0/8',
    optional: true,
    parse: proxies,
  },
  CORS_ORIGINS: {
    description: 'Origins, comma-separated, whose pages may call the APIs and the token endpoint.',
    example: 'https://shop.example.com',
    optional: true,
    parse: origins,
  },
} satisfies Record<string, Variable<unknown>>;

export type Environment = { readonly [Name in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[Name]['parse']> };

/**
 * Reads every variable; an empty one counts as unset.
 * Throws one {@link ConfigurationFault} that lists every fault with its cure.
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const text = source[name]?.trim();
    try {
      values[name] = variable.parse(text === '' ? undefined : text);
    } catch (error) {
      faults.push(`${name} ${(error as Error).message}`);
    }
  }
  if (
    values['NODE_ENV'] === 'production' &&
    values['SESSION_SECRET'] === undefined &&
    !faults.some((fault) => fault.startsWith('SESSION_SECRET'))
  )
    faults.push('SESSION_SECRET must be set in production, the same for every process; `openssl rand -base64 48` makes a good one');
  if (
    values['REDIS_URL'] !== undefined &&
    values['DATABASE_URL'] === undefined &&
    !faults.some((fault) => fault.startsWith('DATABASE_URL'))
  )
    faults.push(
      'DATABASE_URL must be set when REDIS_URL is: several processes cannot share a SQLite file; unset REDIS_URL or name a MySQL or MariaDB server',
    );
  if (faults.length > 0) throw new ConfigurationFault(faults);
  return Object.freeze(values) as Environment;
}

/** The text of `.env.example`, so that the file can be kept equal to the schema. */
export function environmentExample(): string {
  const entries = Object.entries(VARIABLES as Record<string, Variable<unknown>>).map(
    ([name, { description, example, optional }]) => `# ${description}\n${optional ? '# ' : ''}${name}=${example}\n`,
  );
  return `# Copy to .env and change what differs. Every variable has a default; those commented out are unset by default.\n\n${entries.join('\n')}`;
}

/** The place of a file in the data folder. */
export const inDataDir = (environment: Environment, name: string): string => join(environment.DATA_DIR, name);
