import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  isEmail,
  IsInt,
  isISO8601,
  isRFC3339,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';

/** Ids are safe integers from 1. */
const MAX_ID = Number.MAX_SAFE_INTEGER;

/** The member may be left out; `null` is refused. */
export const LeftOut = () => ValidateIf((_body, value) => value !== undefined);

/** The member may be left out, and `null` clears it. */
export const Clearable = () => ValidateIf((_body, value) => value !== undefined && value !== null);

const trimmed = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().normalize('NFC') : value));

const isWellFormed = () =>
  ValidateBy({
    name: 'isWellFormed',
    validator: {
      validate: (value) => typeof value !== 'string' || value.isWellFormed(),
      defaultMessage: () => '$property must be well-formed Unicode',
    },
  });

/** A list whose items are no lists themselves: the library would look through those for objects, and find none to hold to their class. */
export const IsFlatList = () =>
  ValidateBy({
    name: 'isFlatList',
    validator: {
      validate: (value) => !Array.isArray(value) || !value.some((item) => Array.isArray(item)),
      defaultMessage: () => '$property must be a list of objects',
    },
  });

/** One line of text: trimmed, of `min` to `max` characters, without control characters. */
export const IsLine = (max: number, min = 1) =>
  applyDecorators(
    trimmed(),
    IsString(),
    // eslint-disable-next-line no-control-regex -- control characters are what it is about
    Matches(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/u, { message: '$property must be one line without control characters' }),
    isWellFormed(),
    MinLength(min),
    MaxLength(max),
    ApiProperty({ minLength: min, maxLength: max }),
  );

/** Text of several lines. NUL is refused. */
export const IsBody = (max: number, min = 1) =>
  applyDecorators(
    IsString(),
    // eslint-disable-next-line no-control-regex -- NUL is what it is about
    Matches(/^[^\u0000]*$/u, { message: '$property must not contain NUL' }),
    isWellFormed(),
    MinLength(min),
    MaxLength(max),
    ApiProperty({ minLength: min, maxLength: max }),
  );

/** The id of another resource. */
export const IsId = () => applyDecorators(IsInt(), Min(1), Max(MAX_ID), ApiProperty({ type: 'integer', minimum: 1 }));

/** A list of ids without repetition. */
export const IsIds = (max = 100) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(max),
    ArrayUnique(),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(MAX_ID, { each: true }),
    ApiProperty({ type: 'array', items: { type: 'integer', minimum: 1 } }),
  );

/** Is an address by all of the rules, if it is no longer than a local part may be; imports ask of hundreds of thousands. */
const PLAIN_EMAIL = /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}$/i;

/**
 * Whether a text is an email address as all of the product takes them: 6 to 255 characters, in lower case as well (which some letters
 * make longer), syntax as RFC 5321 has it, no quoted local part, nothing that cannot be seen.
 */
export const isEmailAddress = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length >= 6 &&
  ((value.length <= 64 && PLAIN_EMAIL.test(value)) ||
    (value.isWellFormed() &&
      Math.max(value.length, value.toLowerCase().length) <= 255 &&
      !/["\p{Cc}\p{Cf}\p{Z}]/u.test(value) &&
      isEmail(value)));

export const IsEmailAddress = () =>
  applyDecorators(
    trimmed(),
    ValidateBy({ name: 'isEmail', validator: { validate: isEmailAddress, defaultMessage: () => '$property must be an email address' } }),
    ApiProperty({ type: 'string', format: 'email', minLength: 6, maxLength: 255 }),
  );

/** What MySQL's DATETIME is made for. */
const [FIRST_YEAR, LAST_YEAR] = [1000, 9999];

/** RFC 3339, on a day that the calendar has. */
function isInstant(value: unknown): boolean {
  if (!isRFC3339(value) || !isISO8601(value, { strict: true })) return false;
  // NaN for a leap second, which is no moment to JavaScript.
  const year = new Date(value as string).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** An instant, as RFC 3339 writes it, that the databases can keep. */
export const IsInstant = () =>
  ValidateBy({
    name: 'malformed',
    validator: { validate: isInstant, defaultMessage: () => '$property must be an instant such as 2027-01-31T12:00:00Z' },
  });
