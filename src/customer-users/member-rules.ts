import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

/** Whether a text is a calendar day, `YYYY-MM-DD`, that has come. */
export function isPastDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0100') return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && day.getTime() <= Date.now();
}

export const IsBirthday = () =>
  applyDecorators(
    ValidateBy({
      name: 'birthday',
      validator: { validate: isPastDay, defaultMessage: () => '$property must be a day (YYYY-MM-DD) that is not in the future' },
    }),
    ApiProperty({ type: 'string', format: 'date', nullable: true, example: '1985-03-09' }),
  );
