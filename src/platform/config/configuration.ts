import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { loadEnvFile } from 'node:process';
import { resolve } from 'node:path';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { type Environment, inDataDir, readEnvironment } from './environment.js';
import {
  DatabaseSettings,
  FileSettings,
  FirstAdminSettings,
  HttpSettings,
  KeySettings,
  MailSettings,
  ProcessSettings,
  QueueSettings,
  SecretSettings,
} from './settings.js';

/** Everything that the environment decides, cut into the slices of `settings.ts`. */
export interface Configuration {
  process: ProcessSettings;
  http: HttpSettings;
  database: DatabaseSettings;
  queue: QueueSettings;
  mail: MailSettings;
  files: FileSettings;
  keys: KeySettings;
  firstAdmin: FirstAdminSettings;
  secrets: SecretSettings;
}

/** Reads `.env` (where there is one) and the environment, once. Throws a `ConfigurationFault`. */
export function loadConfiguration(): Configuration {
  if (existsSync('.env')) loadEnvFile('.env');
  return configurationOf(readEnvironment(process.env));
}

export function configurationOf(environment: Environment): Configuration {
  const { DATABASE_URL: url } = environment;
  return {
    process: Object.freeze({
      logLevel: environment.LOG_LEVEL,
      dataDir: environment.DATA_DIR,
    }),
    http: Object.freeze({
      host: environment.HOST,
      port: environment.PORT,
      publicUrl: environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`,
      trustedProxies: environment.TRUSTED_PROXIES,
      corsOrigins: environment.CORS_ORIGINS,
    }),
    database: Object.freeze(
      url === undefined
        ? { kind: 'sqlite', location: inDataDir(environment, 'customer-identity.sqlite') }
        : { kind: url.startsWith('mysql:') ? 'mysql' : 'mariadb', location: url },
    ),
    queue: Object.freeze({ redisUrl: environment.REDIS_URL }),
    mail: Object.freeze({ smtpUrl: environment.SMTP_URL, outbox: inDataDir(environment, 'outbox') }),
    files: Object.freeze(fileSettings(environment)),
    keys: Object.freeze({ folder: environment.KEYS_DIR }),
    firstAdmin: Object.freeze({ email: environment.ADMIN_EMAIL, password: environment.ADMIN_PASSWORD }),
    secrets: Object.freeze({ sessionSecret: environment.SESSION_SECRET ?? keptSecret(environment) }),
  };
}

function fileSettings(environment: Environment): FileSettings {
  const { FILES_URL: given } = environment;
  if (!given?.startsWith('s3://')) return { folder: resolve(given ?? inDataDir(environment, 'files')), s3: undefined };
  const { hostname: bucket, pathname, username, password, searchParams } = new URL(given);
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  const credentials =
    username === '' ? undefined : { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) };
  return {
    folder: inDataDir(environment, 'files'),
    s3: {
      bucket,
      prefix: prefix === '' ? '' : `${prefix}/`,
      region: searchParams.get('region') ?? 'us-east-1',
      endpoint: searchParams.get('endpoint') ?? undefined,
      credentials,
    },
  };
}

/** The session secret of a start without one: made once, kept beside the data, readable by its owner alone. */
function keptSecret(environment: Environment): string {
  const file = inDataDir(environment, 'session-secret');
  mkdirSync(environment.DATA_DIR, { recursive: true });
  try {
    // 'wx' fails when the file exists: of two processes that start at once, the second reads what the first wrote.
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

@Module({})
export class ConfigurationModule {
  static for(configuration: Configuration): DynamicModule {
    const slice = <T>(token: Type<T> | (abstract new () => T), value: T) => ({ provide: token, useValue: value });
    const providers = [
      slice(ProcessSettings, configuration.process),
      slice(HttpSettings, configuration.http),
      slice(DatabaseSettings, configuration.database),
      slice(QueueSettings, configuration.queue),
      slice(MailSettings, configuration.mail),
      slice(FileSettings, configuration.files),
      slice(KeySettings, configuration.keys),
      slice(FirstAdminSettings, configuration.firstAdmin),
      slice(SecretSettings, configuration.secrets),
    ];
    return { module: ConfigurationModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
