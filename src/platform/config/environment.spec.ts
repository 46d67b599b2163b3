import { resolve } from 'node:path';
import { ConfigurationFault } from './configuration-fault.js';
import { configurationOf } from './configuration.js';
import { environmentExample, readEnvironment, VARIABLES } from './environment.js';

const SECRET = 'x'.repeat(32);

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readEnvironment(environment);
  } catch (error) {
    if (error instanceof ConfigurationFault) return error.faults;
    throw error;
  }
  return [];
}

describe('The environment', () => {
  it('has a default for everything', () => {
    const configuration = configurationOf({ ...readEnvironment({}), SESSION_SECRET: SECRET });

    expect(configuration.http).toMatchObject({ host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000', corsOrigins: [] });
    expect(configuration.database).toEqual({ kind: 'sqlite', location: resolve('data/customer-identity.sqlite') });
    expect(configuration.queue.redisUrl).toBeUndefined();
    expect(configuration.mail).toEqual({ smtpUrl: undefined, outbox: resolve('data/outbox') });
    expect(configuration.keys.folder).toBe(resolve('keys'));
    expect(configuration.firstAdmin).toEqual({ email: 'admin@example.com', password: undefined });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ PORT: 3000, DATABASE_URL: undefined });
  });

  it.each(['https://shop.example.com?shop=1', 'https://shop.example.com/#top', 'https://admin:secret@shop.example.com'])(
    'has no issuer of tokens such as %s',
    (url) => {
      expect(faultsOf({ PUBLIC_URL: url })).toEqual(['PUBLIC_URL must be an http:// or https:// URL without ?, # or @']);
    },
  );

  it('names every fault with its cure, not only the first', () => {
    const faults = faultsOf({
      PORT: '70000',
      PUBLIC_URL: 'shop.example.com',
      DATABASE_URL: 'postgres://localhost/identity',
      REDIS_URL: 'localhost:6379',
      SMTP_URL: 'http://mail',
      ADMIN_EMAIL: 'nobody',
      ADMIN_PASSWORD: 'short',
      SESSION_SECRET: 'short',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXIES: '10.0.0.0/8,proxy',
      CORS_ORIGINS: 'https://shop.example.com/path',
      NODE_ENV: 'staging',
    });

    expect(faults.map((fault) => fault.split(' ', 1)[0]).sort()).toEqual([
      'ADMIN_EMAIL',
      'ADMIN_PASSWORD',
      'CORS_ORIGINS',
      'DATABASE_URL',
      'LOG_LEVEL',
      'NODE_ENV',
      'PORT',
      'PUBLIC_URL',
      'REDIS_URL',
      'SESSION_SECRET',
      'SMTP_URL',
      'TRUSTED_PROXIES',
    ]);
    expect(faults.every((fault) => /must/.test(fault))).toBe(true);
  });

  it.each([
    ['a database URL without a name', { DATABASE_URL: 'mariadb://root@127.0.0.1:3306' }, 'the name of the database is missing'],
    ['Redis without a database server', { REDIS_URL: 'redis://127.0.0.1' }, 'DATABASE_URL must be set when REDIS_URL is'],
    ['production without a session secret', { NODE_ENV: 'production' }, 'SESSION_SECRET must be set in production'],
    ['a folder for files that is neither absolute nor below this one', { FILES_URL: 'files' }, 'FILES_URL must be a folder'],
    ['a port that is no number', { PORT: '3000x' }, 'PORT must be a port number'],
  ])('refuses %s', (_, environment, cure) => {
    expect(faultsOf(environment)).toEqual([expect.stringContaining(cure)]);
  });

  it('tells MySQL and MariaDB apart by the scheme', () => {
    const kindOf = (DATABASE_URL: string) =>
      configurationOf({ ...readEnvironment({ DATABASE_URL, SESSION_SECRET: SECRET }) }).database.kind;

    expect(kindOf('mysql://u:p@db:3306/identity')).toBe('mysql');
    expect(kindOf('mariadb://u:p@db:3306/identity')).toBe('mariadb');
  });

  it('takes a bucket for files, of Amazon or of another server', () => {
    const s3Of = (FILES_URL: string) => configurationOf({ ...readEnvironment({ FILES_URL, SESSION_SECRET: SECRET }) }).files.s3;

    expect(s3Of('s3://uploads?region=eu-central-1')).toEqual({ bucket: 'uploads', prefix: '', region: 'eu-central-1' });
    expect(s3Of('s3://key:se%2Fcret@uploads/identity/files?endpoint=http://127.0.0.1:9000')).toEqual({
      bucket: 'uploads',
      prefix: 'identity/files/',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9000',
      credentials: { accessKeyId: 'key', secretAccessKey: 'se/cret' },
    });
    expect(faultsOf({ FILES_URL: 's3://uploads?endpoint=minio' })).toEqual([expect.stringContaining('FILES_URL must be')]);
  });

  it('follows the port in the public URL when only the port is set', () => {
    expect(configurationOf(readEnvironment({ PORT: '4000', SESSION_SECRET: SECRET })).http.publicUrl).toBe('http://localhost:4000');
  });

  it('shows every variable in the example, those that are unset by default as comments', () => {
    const lines = environmentExample().split('\n');

    for (const [name, variable] of Object.entries(VARIABLES)) {
      const line = `${'optional' in variable ? '# ' : ''}${name}=${variable.example}`;
      expect(lines).toContain(line);
    }
  });
});
