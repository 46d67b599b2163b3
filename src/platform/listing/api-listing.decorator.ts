import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiQuery, type ApiQueryOptions, getSchemaPath } from '@nestjs/swagger';
import { type ListingDefinition, sortKeysOf } from './definition.js';
import { type Field, type Kind, type Operator, operatorsOf, type Parameter } from './fields.js';
import { DEFAULT_LIMIT, MAX_LIMIT } from './query-parser.js';

type Schema = Extract<ApiQueryOptions, { schema: unknown }>['schema'];

const SCHEMAS: Record<Exclude<Kind['type'], 'enumerated'>, Schema> = {
  text: { type: 'string', maxLength: 255 },
  integer: { type: 'integer' },
  id: { type: 'integer', minimum: 1 },
  boolean: { type: 'boolean' },
  instant: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
};

const PAGE: Schema = {
  type: 'object',
  required: ['limit', 'next'],
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
    next: { type: 'string', nullable: true, description: 'The cursor of the next page; null on the last one.' },
    total: { type: 'integer', description: 'Of all pages; only with total=true.' },
  },
};

/** Documents a list: its filters, sort keys and parameters, and a page of `view` as the answer. */
export function ApiListing({ definition }: { readonly definition: ListingDefinition }, view: Type): MethodDecorator {
  const keys = [...sortKeysOf(definition).keys()];
  return applyDecorators(
    ...Object.entries(definition.parameters ?? {}).map(([name, parameter]) => ownParameter(name, parameter)),
    ...Object.entries(definition.fields).flatMap(([name, field]) => operatorsOf(field).map((operator) => filter(name, field, operator))),
    ...(keys.length > 0 ? [sort(keys, definition.defaultSort)] : []),
    ...(definition.search ? [query('q', { type: 'string', maxLength: 255 }, definition.search.description)] : []),
    query('limit', { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT }, 'Items on a page.'),
    query('cursor', { type: 'string' }, '`page.next` of the page before, with the same sort and filters.'),
    query('total', { type: 'boolean', default: false }, 'Whether to count the items of all pages.'),
    ApiExtraModels(view),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'page'],
        properties: { items: { type: 'array', items: { $ref: getSchemaPath(view) } }, page: PAGE },
      },
    }),
  );
}

const query = (name: string, schema: Schema, description?: string, required = false): MethodDecorator =>
  ApiQuery({ name, schema, required, ...(description === undefined ? {} : { description }) });

const ownParameter = (name: string, parameter: Parameter): MethodDecorator =>
  query(name, schemaOf(parameter), parameter.description, parameter.required ?? false);

function filter(name: string, field: Field, operator: Operator): MethodDecorator {
  if (operator === 'eq') return query(`filter[${name}]`, schemaOf(field), field.description);
  const parameter = `filter[${name}][${operator}]`;
  if (operator === 'null') return query(parameter, { type: 'boolean' });
  if (operator === 'in') return query(parameter, { type: 'string' }, 'Up to 100 values with commas between them.');
  return query(parameter, schemaOf(field));
}

const sort = (keys: readonly string[], byDefault: string | undefined): MethodDecorator =>
  query(
    'sort',
    { type: 'string', ...(byDefault === undefined ? {} : { default: byDefault }) },
    `Any of ${keys.map((key) => `\`${key}\``).join(', ')} with commas between them, each with \`-\` before it to descend.`,
  );

const schemaOf = (kind: Kind): Schema => (kind.type === 'enumerated' ? { type: 'string', enum: [...kind.values] } : SCHEMAS[kind.type]);
