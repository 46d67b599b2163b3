/** A setting: its key, type, default and what it does. Values are set per system, organization or website; the nearest wins. */
export interface Setting<T> {
  readonly key: string;
  readonly type: 'boolean' | 'integer' | 'text';
  readonly default: T;
  readonly description: string;
}

const setting = <T extends boolean | number | string | null>(
  key: string,
  type: Setting<T>['type'],
  byDefault: T,
  description: string,
): Setting<T> => ({ key, type, default: byDefault, description });

/** Every setting that a module reads. */
export const settings = {
  passwordMinLength: setting('passwords.minLength', 'integer', 8, 'The fewest characters of a password.'),
  passwordLowerCase: setting('passwords.lowerCase', 'boolean', true, 'A password needs a lower-case letter.'),
  passwordUpperCase: setting('passwords.upperCase', 'boolean', true, 'A password needs an upper-case letter.'),
  passwordDigits: setting('passwords.digits', 'boolean', true, 'A password needs a digit.'),
  passwordSpecialCharacters: setting(
    'passwords.specialCharacters',
    'boolean',
    false,
    'A password needs a character that is neither letter nor digit.',
  ),
  caseInsensitiveEmail: setting(
    'accounts.caseInsensitiveEmail',
    'boolean',
    true,
    'Email addresses that differ by case alone are the same.',
  ),
  lockoutAttempts: setting('lockout.attempts', 'integer', 10, 'Failed logins within the window that lock an account, or an address, out.'),
  lockoutWindow: setting('lockout.windowMinutes', 'integer', 60, 'Minutes in which failed logins add up.'),
  lockoutDuration: setting('lockout.lockMinutes', 'integer', 60, 'Minutes that a lock-out lasts.'),
  setPasswordHours: setting('tokens.setPasswordHours', 'integer', 24, 'Hours for which a link to set a password is good.'),
  setPasswordLink: setting(
    'links.setPassword',
    'text',
    null as string | null,
    "The page behind the link to set a password. Unset: this server's own.",
  ),
  loginLink: setting('links.login', 'text', null as string | null, "The page to log in. Unset: the website's address."),
  consentsEnabled: setting('consents.enabled', 'boolean', true, 'People are asked for consents.'),
  sameFileMinutes: setting('imports.sameFileMinutes', 'integer', 10, 'Minutes in which the same file is imported again only when forced.'),
  senderName: setting('mail.senderName', 'text', 'Customer Identity', 'The name that mails come from.'),
  senderAddress: setting('mail.senderAddress', 'text', 'no-reply@example.com', 'The address that mails come from.'),
} as const;
