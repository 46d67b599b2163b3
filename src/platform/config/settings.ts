/** The slices of the environment that parts of the product ask for by class. Each is frozen after the start. */

export abstract class ProcessSettings {
  abstract readonly logLevel: string;
  /** Absolute path of the folder for the SQLite file, uploads and the outbox. */
  abstract readonly dataDir: string;
}

export abstract class HttpSettings {
  abstract readonly host: string;
  abstract readonly port: number;
  /** Without a trailing slash. */
  abstract readonly publicUrl: string;
  /** IP addresses or CIDR ranges whose `X-Forwarded-For` is believed. */
  abstract readonly trustedProxies: readonly string[];
  abstract readonly corsOrigins: readonly string[];
}

export abstract class DatabaseSettings {
  abstract readonly kind: 'sqlite' | 'mysql' | 'mariadb';
  /** The SQLite file, or the server's URL. */
  abstract readonly location: string;
}

export abstract class QueueSettings {
  /** Unset: jobs run inside the HTTP process. */
  abstract readonly redisUrl: string | undefined;
}

export abstract class MailSettings {
  /** Unset: mails are written to `outbox`. */
  abstract readonly smtpUrl: string | undefined;
  abstract readonly outbox: string;
}

/** A bucket of S3, or of a server that speaks it. */
export interface S3Settings {
  readonly bucket: string;
  /** Before the names of all objects; empty, or with a slash at its end. */
  readonly prefix: string;
  readonly region: string;
  /** Of a server that is not Amazon's. */
  readonly endpoint: string | undefined;
  /** Unset: where the client of AWS finds them itself. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

export abstract class FileSettings {
  abstract readonly folder: string;
  /** Set: files lie there, and not in the folder. */
  abstract readonly s3: S3Settings | undefined;
}

export abstract class KeySettings {
  /** Absolute path of the folder with the signing keys. */
  abstract readonly folder: string;
}

export abstract class FirstAdminSettings {
  abstract readonly email: string;
  /** Unset: a password is generated and printed once. */
  abstract readonly password: string | undefined;
}

export abstract class SecretSettings {
  /** Signs sessions and keys the HMACs of what is kept at rest. At least 32 characters. */
  abstract readonly sessionSecret: string;
}
