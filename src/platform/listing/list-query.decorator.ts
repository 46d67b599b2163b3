import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Listing } from './listing.js';

const parameterDecorator = createParamDecorator((listing: Pick<Listing, 'parse'>, context: ExecutionContext) =>
  listing.parse(context.switchToHttp().getRequest<{ query: unknown }>().query),
);

/** Hands a handler the {@link ListRequest} of its listing; a query that is not in order is refused with 400. */
export const ListQuery = (listing: Pick<Listing, 'parse'>): ParameterDecorator => parameterDecorator(listing);
