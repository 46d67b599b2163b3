import { Injectable } from '@nestjs/common';
import type { MemberFault } from '../platform/errors/index.js';
import { settings } from './setting-catalog.js';
import { type SettingHolder, Settings } from './settings.js';

/** What the settings demand of a password. Letters and digits of every script count. */
@Injectable()
export class PasswordRules {
  constructor(private readonly settings: Settings) {}

  /** Every rule that the password breaks. */
  async faults(password: string, holder: SettingHolder, pointer = '/password'): Promise<MemberFault[]> {
    const [minLength, lowerCase, upperCase, digits, specialCharacters] = await this.settings.getAll(
      [
        settings.passwordMinLength,
        settings.passwordLowerCase,
        settings.passwordUpperCase,
        settings.passwordDigits,
        settings.passwordSpecialCharacters,
      ] as const,
      holder,
    );
    const rules: [boolean, string, string][] = [
      // Hashed as UTF-8, all halves of a pair would be one and the same character.
      [!password.isWellFormed(), 'passwords.malformed', 'The password is not well-formed Unicode.'],
      [[...password].length < minLength, 'passwords.too_short', `The password needs at least ${minLength} characters.`],
      [lowerCase && !/\p{Ll}/u.test(password), 'passwords.lower_case_missing', 'The password needs a lower-case letter.'],
      [upperCase && !/\p{Lu}/u.test(password), 'passwords.upper_case_missing', 'The password needs an upper-case letter.'],
      [digits && !/\p{Nd}/u.test(password), 'passwords.digit_missing', 'The password needs a digit.'],
      [
        specialCharacters && !/[^\p{L}\p{Nd}\s]/u.test(password),
        'passwords.special_character_missing',
        'The password needs a character that is neither a letter nor a digit.',
      ],
    ];
    return rules.filter(([broken]) => broken).map(([, code, detail]) => ({ pointer, code, detail }));
  }
}
