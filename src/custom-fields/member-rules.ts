import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { LONGEST_LINE } from './field-types.js';

/** Of one entity in one organization: every record shows them all. */
export const MOST_FIELDS = 100;
const MOST_OPTIONS = 200;

/** Not a name such as `constructor`, which every object has: bodies with one are refused. */
export const IsOwnName = () =>
  ValidateBy({
    name: 'reserved',
    validator: {
      validate: (value) => typeof value !== 'string' || !(value in Object.prototype),
      defaultMessage: () => '$property must not be the name of a member that every object has',
    },
  });

/** What a `select` chooses from: distinct lines. */
export const IsOptions = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? value.map((option: unknown) => (typeof option === 'string' ? option.trim() : option)) : value,
    ),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MOST_OPTIONS),
    ArrayUnique(),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    MaxLength(LONGEST_LINE, { each: true }),
    Matches(/^[^\p{Cc}\p{Surrogate}\u2028\u2029]*$/u, {
      each: true,
      message: 'each option in $property must be one line of well-formed Unicode without control characters',
    }),
    ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: LONGEST_LINE },
      minItems: 1,
      maxItems: MOST_OPTIONS,
      uniqueItems: true,
      nullable: true,
      example: ['North', 'South'],
    }),
  );

/** Values of custom fields by name, in a write: their fields know the rest. */
export const IsCustomFields = () =>
  applyDecorators(
    // As it was sent: nothing shall be made of what is in it.
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]),
    ValidateBy({
      name: 'isObject',
      validator: {
        validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: () => '$property must be an object',
      },
    }),
    ValidateBy({
      name: 'arrayMaxSize',
      validator: {
        validate: (value) => Object.keys(Object(value) as object).length <= MOST_FIELDS,
        defaultMessage: () => `$property must have no more than ${MOST_FIELDS} members`,
      },
    }),
    ApiPropertyOptional({ type: 'object', additionalProperties: true, example: {} }),
  );
