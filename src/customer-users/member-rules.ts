import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

/** Whether a text is a calendar day, `YYYY-MM-DD`, that has come. */
export function isPastDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0100') return false;
  const day = Date.parse(`${text}T00:00:00Z`);
  // Parsing takes the 31st of any month, and gives the 1st of the next.
  return day <= Date.now() && new Date(day).getUTCDate() === Number(text.slice(8));
}

export const IsBirthday = () =>
  applyDecorators(
    ValidateBy({
      name: 'birthday',
      validator: { validate: isPastDay, defaultMessage: () => '$property must be a day (YYYY-MM-DD) that is not in the future' },
    }),
    ApiProperty({ type: 'string', format: 'date', nullable: true, example: '1985-03-09' }),
  );
