import { type FieldType, readValue } from './field-types.js';

const read = (type: FieldType, value: unknown) => {
  const reading = readValue({ type, options: type === 'select' ? ['North', 'South'] : null }, value);
  return 'code' in reading ? reading.code : reading;
};

describe('The value of a field', () => {
  it.each<[FieldType, unknown, unknown]>([
    ['string', '  two words ', 'two words'],
    ['string', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
    ['string', 'x'.repeat(255), 'x'.repeat(255)],
    ['text', ' two\r\nlines\n', ' two\r\nlines\n'],
    ['text', 'x'.repeat(10_000), 'x'.repeat(10_000)],
    ['integer', 0, 0],
    ['integer', -0, 0],
    ['integer', 1e3, 1000],
    ['integer', Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    ['decimal', 0.1, 0.1],
    ['decimal', -0, 0],
    ['decimal', 12_345_678_901_234.5, 12_345_678_901_234.5],
    ['decimal', 1e308, 1e308],
    ['boolean', false, false],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '0001-01-01', '0001-01-01'],
    ['date', '9999-12-31', '9999-12-31'],
    ['select', 'North', 'North'],
  ])('of the type %s may be %j', (type, value, kept) => {
    expect(read(type, value)).toEqual({ value: kept });
  });

  it.each<[FieldType, unknown, string]>([
    ['string', 1, 'not_a_string'],
    ['string', ['a'], 'not_a_string'],
    ['string', '', 'empty'],
    ['string', ' \t ', 'empty'],
    ['string', 'x'.repeat(256), 'too_long'],
    ['string', 'two\nlines', 'malformed'],
    ['string', 'a\u0000b', 'malformed'],
    ['string', 'a\u2028b', 'malformed'],
    ['string', '\ud800', 'malformed'],
    ['text', {}, 'not_a_string'],
    ['text', '\n', 'empty'],
    ['text', 'x'.repeat(10_001), 'too_long'],
    ['text', 'a\u0000b', 'malformed'],
    ['text', '\udc00', 'malformed'],
    ['integer', '1', 'not_an_integer'],
    ['integer', 1.5, 'not_an_integer'],
    ['integer', 2 ** 53, 'not_an_integer'],
    ['integer', Infinity, 'not_an_integer'],
    ['integer', true, 'not_an_integer'],
    ['decimal', '1.5', 'not_a_decimal'],
    ['decimal', Infinity, 'not_a_decimal'],
    ['decimal', NaN, 'not_a_decimal'],
    ['decimal', [1], 'not_a_decimal'],
    ['decimal', 0.1 + 0.2, 'too_precise'],
    ['decimal', 1_234_567_890_123_456, 'too_precise'],
    ['boolean', 'true', 'not_a_boolean'],
    ['boolean', 1, 'not_a_boolean'],
    ['date', '2026-02-29', 'not_a_date'],
    ['date', '2026-2-9', 'not_a_date'],
    ['date', '0000-01-01', 'not_a_date'],
    ['date', '2026-01-01T00:00:00Z', 'not_a_date'],
    ['date', 20_260_101, 'not_a_date'],
    ['date', '2026-01-01\n', 'not_a_date'],
    ['select', 'East', 'not_an_option'],
    ['select', 'north', 'not_an_option'],
    ['select', ['North'], 'not_an_option'],
    ['select', 0, 'not_an_option'],
  ])('of the type %s is never %j', (type, value, code) => {
    expect(read(type, value)).toBe(`custom_fields.${code}`);
  });
});
