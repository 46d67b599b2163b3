import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const LONGEST_OPERAND = 1_000;
const MOST_OPERANDS = 100;

const isScalar = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= LONGEST_OPERAND && value.isWellFormed() && !value.includes('\0'));

/** What a condition compares with. Whether it fits the member is looked at when the event is known. */
export const IsOperand = () =>
  applyDecorators(
    // As it was sent: nothing shall be made of it.
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]),
    ValidateBy({
      name: 'isOperand',
      validator: {
        validate: (value) => isScalar(value) || (Array.isArray(value) && value.length <= MOST_OPERANDS && value.every(isScalar)),
        defaultMessage: () =>
          `$property must be a text of up to ${LONGEST_OPERAND} characters, a number, true, false, or a list of up to ${MOST_OPERANDS} of them`,
      },
    }),
    ApiProperty({
      oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: {}, maxItems: MOST_OPERANDS }],
      example: 'Northwind Ltd',
    }),
  );
