import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const LONGEST_ADDRESS = 500;
const LONGEST_TAG = 35;

/** The canonical form of a BCP 47 language tag, or `undefined`. Registered languages of more than three letters do not exist. */
export function languageTag(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > LONGEST_TAG || !/^[a-z]{2,3}(-|$)/i.test(value)) return undefined;
  try {
    return Intl.getCanonicalLocales(value)[0];
  } catch {
    return undefined;
  }
}

/** Whether a text is an address of the web that a person can be sent to. */
export function isWebAddress(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LONGEST_ADDRESS || !/^https?:\/\/[^\s\p{Cc}\\]+$/iu.test(value) || !URL.canParse(value))
    return false;
  const { username, password, hash } = new URL(value);
  return username === '' && password === '' && hash === '';
}

/** Kept in its canonical form: `pt-br` becomes `pt-BR`. */
export const IsLanguageTag = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => languageTag(value) ?? value),
    ValidateBy({
      name: 'notALanguageTag',
      validator: {
        validate: (value) => languageTag(value) !== undefined,
        defaultMessage: () => '$property must be a BCP 47 language tag such as en or pt-BR',
      },
    }),
    ApiProperty({ type: 'string', maxLength: LONGEST_TAG, example: 'pt-BR' }),
  );

export const IsWebAddress = () =>
  applyDecorators(
    ValidateBy({
      name: 'notAUrl',
      validator: {
        validate: isWebAddress,
        defaultMessage: () => `$property must be an http or https address of up to ${LONGEST_ADDRESS} characters, without user or fragment`,
      },
    }),
    ApiProperty({ type: 'string', format: 'uri', maxLength: LONGEST_ADDRESS, example: 'https://shop.example' }),
  );
