import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';

/** Documents a route that answers a file of one of these media types. */
export const ApiFile = (...types: string[]) =>
  applyDecorators(
    ApiProduces(...types),
    ApiOkResponse({ content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])) }),
  );
