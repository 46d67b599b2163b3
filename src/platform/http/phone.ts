import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The number in E.164, when it is a possible number written with its country, such as `+49 30 1234567`. */
export function normalisePhone(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text.trim());
  return number?.isPossible() ? number.number : undefined;
}

/** A phone number as typed with its country; kept in E.164. */
export const IsPhone = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (normalisePhone(value) ?? value) : value)),
    ValidateBy({
      name: 'phone',
      validator: {
        validate: (value) => typeof value === 'string' && normalisePhone(value) === value,
        defaultMessage: () => '$property must be a phone number with its country, such as +49 30 1234567',
      },
    }),
    ApiProperty({ type: 'string', nullable: true, example: '+49301234567' }),
  );
