import { isEmailAddress } from '../platform/http/index.js';
import { isWebAddress } from './member-rules.js';
import type { SettingScope } from './setting.entity.js';

export type SettingType = 'boolean' | 'integer' | 'text' | 'url' | 'email';

/** A setting: its key, type, default and what it does. Values are set per system, organization or website; the nearest wins. */
export interface Setting<T> {
  readonly key: string;
  readonly type: SettingType;
  readonly default: T;
  readonly description: string;
  /** Where it can be set. */
  readonly scopes: readonly SettingScope[];
  /** What is wrong with a value: a code and what the value must be; `undefined` when nothing is. */
  readonly faultOf: (value: unknown) => { code: string; rule: string } | undefined;
}

const EVERYWHERE = ['system', 'organization', 'website'] as const;
const PER_ORGANIZATION = ['system', 'organization'] as const;
const SYSTEM_ONLY = ['system'] as const;
const HOURS = { from: 1, to: 720 };
const MINUTES = { from: 1, to: 10_080 };
const LONGEST_TEXT = 10_000;

const faultUnless = (fine: boolean, code: string, rule: string) => (fine ? undefined : { code, rule });

const flag = (key: string, byDefault: boolean, description: string, scopes: readonly SettingScope[] = EVERYWHERE): Setting<boolean> => ({
  ...{ key, type: 'boolean', default: byDefault, description, scopes },
  faultOf: (value) => faultUnless(typeof value === 'boolean', 'not_a_boolean', 'true or false'),
});

const integer = (
  key: string,
  byDefault: number,
  { from, to }: { from: number; to: number },
  description: string,
  scopes: readonly SettingScope[] = EVERYWHERE,
): Setting<number> => ({
  ...{ key, type: 'integer', default: byDefault, description: `${description} From ${from} to ${to}.`, scopes },
  faultOf: (value) => {
    const rule = `an integer from ${from} to ${to}`;
    if (!Number.isSafeInteger(value)) return { code: 'not_an_integer', rule };
    return Number(value) < from ? { code: 'too_small', rule } : faultUnless(Number(value) <= to, 'too_large', rule);
  },
});

const text = (key: string, description: string): Setting<string | null> => ({
  ...{ key, type: 'text', default: null, description, scopes: EVERYWHERE },
  faultOf: (value) => {
    const rule = `a text of 1 to ${LONGEST_TEXT} characters, or null`;
    if (value === null) return undefined;
    if (typeof value !== 'string') return { code: 'not_a_string', rule };
    if (value.length > LONGEST_TEXT) return { code: 'too_long', rule };
    if (value.trim() === '') return { code: 'too_short', rule };
    return faultUnless(value.isWellFormed() && !value.includes('\0'), 'malformed', rule);
  },
});

/** Whether there is such a user is looked at where the value is used: he may be gone by then. */
const userId = (key: string, description: string): Setting<number | null> => ({
  ...{ key, type: 'integer', default: null, description, scopes: EVERYWHERE },
  faultOf: (value) => faultUnless(value === null || (Number.isSafeInteger(value) && Number(value) > 0), 'not_an_integer', 'an id, or null'),
});

/** One line, as a header of a mail takes it. */
const name = (key: string, byDefault: string, description: string): Setting<string> => ({
  ...{ key, type: 'text', default: byDefault, description, scopes: EVERYWHERE },
  faultOf: (value) => {
    const rule = 'one line of 1 to 255 characters';
    if (typeof value !== 'string') return { code: 'not_a_string', rule };
    if (value.length > 255) return { code: 'too_long', rule };
    if (value.trim() === '') return { code: 'too_short', rule };
    return faultUnless(value.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(value), 'malformed', rule);
  },
});

const email = (key: string, byDefault: string, description: string): Setting<string> => ({
  ...{ key, type: 'email', default: byDefault, description, scopes: EVERYWHERE },
  faultOf: (value) => faultUnless(isEmailAddress(value), 'not_an_email', 'an email address'),
});

const link = (key: string, description: string): Setting<string | null> => ({
  ...{ key, type: 'url', default: null, description, scopes: EVERYWHERE },
  faultOf: (value) =>
    faultUnless(value === null || isWebAddress(value), 'not_a_url', 'an http or https address without user or fragment, or null'),
});

/** Every setting of the product. */
export const settings = {
  registrationAllowed: flag('registration.allowed', true, 'People may register themselves.'),
  registrationConfirmationRequired: flag(
    'registration.confirmationRequired',
    true,
    'Who registers has to confirm his email address before he can log in.',
  ),
  registrationAutoLogin: flag('registration.autoLogin', false, 'Who registers, or confirms that, is logged in at once.'),
  registrationCompanyRequired: flag('registration.companyRequired', true, 'Who registers has to name his company.'),
  registrationInstructions: text('registration.instructions', 'What the registration form says above its fields. Unset: nothing.'),
  registrationOwner: userId(
    'registration.ownerId',
    'The id of the console user who owns who registers, and his company. Unset: the first of the organization who is enabled.',
  ),
  caseInsensitiveEmail: flag(
    'accounts.caseInsensitiveEmail',
    true,
    'Email addresses that differ by case alone are the same.',
    PER_ORGANIZATION,
  ),
  enumerationProtection: flag(
    'accounts.enumerationProtection',
    true,
    'Registration gives a known email address the same answer as an unknown one, and warns its owner.',
  ),
  passwordLogin: flag('accounts.passwordLogin', true, 'Customer users log in by password. Off: single sign-on alone.'),
  emailChangeVerification: flag(
    'accounts.emailChangeVerification',
    true,
    'A new email address takes effect once links to the old and the new one were opened. Off: at once.',
  ),
  passwordMinLength: integer('passwords.minLength', 8, { from: 8, to: 128 }, 'The fewest characters of a password.'),
  passwordLowerCase: flag('passwords.lowerCase', true, 'A password needs a lower-case letter.'),
  passwordUpperCase: flag('passwords.upperCase', true, 'A password needs an upper-case letter.'),
  passwordDigits: flag('passwords.digits', true, 'A password needs a digit.'),
  passwordSpecialCharacters: flag('passwords.specialCharacters', false, 'A password needs a character that is neither letter nor digit.'),
  lockoutAttempts: integer(
    'lockout.attempts',
    10,
    { from: 1, to: 1000 },
    'Failed logins within the window that lock an account out.',
    SYSTEM_ONLY,
  ),
  lockoutAddressAttempts: integer(
    'lockout.attemptsPerAddress',
    100,
    { from: 1, to: 10_000 },
    'Failed logins within the window, with whatever accounts, that lock the network address they come from out.',
    SYSTEM_ONLY,
  ),
  lockoutWindow: integer('lockout.windowMinutes', 60, MINUTES, 'Minutes in which failed logins add up.', SYSTEM_ONLY),
  lockoutDuration: integer('lockout.lockMinutes', 60, MINUTES, 'Minutes that a lock-out lasts.', SYSTEM_ONLY),
  setPasswordHours: integer('tokens.setPasswordHours', 24, HOURS, 'Hours for which a link to set a password is good.'),
  resetPasswordHours: integer('tokens.resetPasswordHours', 24, HOURS, 'Hours for which a link to reset a password is good.'),
  confirmEmailHours: integer('tokens.confirmEmailHours', 24, HOURS, 'Hours for which a link to confirm an email address is good.'),
  changeEmailHours: integer('tokens.changeEmailHours', 24, HOURS, 'Hours for which a link to change an email address is good.'),
  setPasswordLink: link('links.setPassword', "The page behind the links to set and reset a password. Unset: this server's own."),
  confirmEmailLink: link('links.confirmEmail', "The page behind the link to confirm an email address. Unset: this server's own."),
  changeEmailLink: link('links.changeEmail', "The page behind the links to change an email address. Unset: this server's own."),
  loginLink: link('links.login', "The page to log in. Unset: the website's address."),
  consentsEnabled: flag('consents.enabled', true, 'People are asked for consents.'),
  importMegabytes: integer(
    'imports.maxMegabytes',
    1_024,
    { from: 1, to: 16_384 },
    'The largest file that is taken for an import, in megabytes of 1 048 576 bytes.',
    SYSTEM_ONLY,
  ),
  importRows: integer('imports.maxRows', 5_000_000, { from: 1, to: 100_000_000 }, 'The most rows of a file that is imported.', SYSTEM_ONLY),
  sameFileMinutes: integer(
    'imports.sameFileMinutes',
    10,
    { from: 0, to: 10_080 },
    'Minutes in which the same file is imported again only when forced.',
    PER_ORGANIZATION,
  ),
  mailsPerMinute: integer(
    'mail.perMinute',
    600,
    { from: 1, to: 100_000 },
    'Mails that are handed to the mail server in one minute, over all processes. Those of imports leave a fifth to others.',
    SYSTEM_ONLY,
  ),
  senderName: name('mail.senderName', 'Customer Identity', 'The name that mails come from.'),
  senderAddress: email('mail.senderAddress', 'no-reply@example.com', 'The address that mails come from.'),
} as const;

export const SETTINGS: readonly Setting<unknown>[] = Object.values(settings);
