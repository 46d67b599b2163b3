import { Controller, Get } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ApiListing, defineListing, ListQuery, type RequestOf } from './index.js';

const people = defineListing({
  id: 'person.id',
  defaultSort: '-createdAt',
  fields: {
    email: { column: 'person.email', type: 'text', filter: ['eq', 'contains'], description: 'As typed.' },
    status: { column: 'person.status', type: 'enumerated', values: ['active', 'reset'], filter: ['eq', 'in'], nullable: true },
    createdAt: { column: 'person.createdAt', type: 'instant', filter: ['gte'], sort: true },
    roleId: { type: 'id', filter: ['null'], exists: (_, matches) => `SELECT 1 FROM roles r WHERE ${matches('r.id')}` },
  },
  parameters: { q: { type: 'text', description: 'Any name.' } },
});

class PersonView {
  @ApiProperty()
  email: string;
}

@Controller('people')
class PeopleController {
  @Get()
  @ApiListing(people, PersonView)
  list(@ListQuery(people) request: RequestOf<typeof people>): unknown {
    return { filters: request.filters.map(({ name, operator, values }) => [name, operator, values]), limit: request.limit };
  }
}

describe('A handler of lists', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [PeopleController] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
  });
  afterAll(() => app.close());

  it('is handed what the query asks', async () => {
    const answer = await app.inject('/people?filter[email][contains]=a%25%2Bb&filter%5Bstatus%5D=reset&limit=3');
    expect(answer.json()).toEqual({
      filters: [
        ['email', 'contains', ['a%+b']],
        ['status', 'eq', ['reset']],
      ],
      limit: 3,
    });
  });

  it.each([
    '?filter[email]=a&filter[email]=b',
    '?filter[__proto__]=1',
    '?limit=%00',
    '?sort',
    '?a=%E0%A4%A',
    '?__proto__=1',
    '?filter[email][contains]=%00',
  ])('is not reached by %s', async (query) => {
    const answer = await app.inject(`/people${query}`);
    expect(answer.body).not.toContain('filters');
  });

  it('is documented with its filters, its sort keys and its page', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const operation = document.paths['/people']?.get;
    const parameters = new Map(
      (operation?.parameters ?? []).map((parameter) => ('name' in parameter ? [parameter.name, parameter] : ['', undefined])),
    );
    expect([...parameters.keys()].sort()).toEqual(
      [
        'q',
        'filter[email]',
        'filter[email][contains]',
        'filter[status]',
        'filter[status][in]',
        'filter[createdAt][gte]',
        'filter[roleId][null]',
        'sort',
        'limit',
        'cursor',
        'total',
      ].sort(),
    );
    expect(parameters.get('filter[status]')).toMatchObject({ in: 'query', required: false, schema: { enum: ['active', 'reset'] } });
    expect(parameters.get('filter[email]')).toMatchObject({ description: 'As typed.', schema: { type: 'string' } });
    expect(parameters.get('limit')).toMatchObject({ schema: { minimum: 1, maximum: 200, default: 25 } });
    expect(parameters.get('sort')?.description).toContain('`createdAt`');
    expect(operation?.responses['200']).toMatchObject({
      content: { 'application/json': { schema: { properties: { items: { items: { $ref: '#/components/schemas/PersonView' } } } } } },
    });
    expect(document.components?.schemas).toHaveProperty('PersonView');
  });
});
