import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam, ApiQuery } from '@nestjs/swagger';
import { InvalidInput, NotFound } from '../platform/errors/index.js';

const LONGEST = 255;

/** What is in a request's address. */
interface Addressed {
  method: string;
  params: { externalId?: string };
  query: Record<string, unknown>;
}

const requestOf = (execution: ExecutionContext) => execution.switchToHttp().getRequest<Addressed>();

const externalIdIn = createParamDecorator((_data: unknown, execution: ExecutionContext): string => {
  const { method, params } = requestOf(execution);
  const externalId = params.externalId ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  if (externalId.length <= LONGEST && externalId.trim() === externalId && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.test(externalId))
    return externalId;
  // Nothing can be there; but whoever wants to put something there is told why he cannot.
  if (method !== 'PUT') throw new NotFound('document');
  const detail = `An external id is one line of 1 to ${LONGEST} characters, without control characters and spaces around it.`;
  throw new InvalidInput([{ pointer: 'externalId', code: 'malformed', detail }]);
});

const organizationIdIn = createParamDecorator((_data: unknown, execution: ExecutionContext): number | undefined => {
  const { organizationId: text } = requestOf(execution).query;
  if (text === undefined) return undefined;
  const id = Number(text);
  if (typeof text === 'string' && /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new InvalidInput([{ pointer: 'organizationId', code: 'not_an_id', detail: 'The parameter organizationId must be an id.' }]);
});

/** The id of a document in the system that it lives in, in the route's path. */
export const ExternalIdParam = (): ParameterDecorator => (target, key, index) => {
  externalIdIn()(target, key, index);
  document(target, key, ApiParam({ name: 'externalId', type: 'string', example: 'SO-4711' }));
};

/** The organization that a document belongs to, where it is not the caller's own. */
export const OrganizationIdQuery = (): ParameterDecorator => (target, key, index) => {
  organizationIdIn()(target, key, index);
  const description = 'The organization of the document; the own one when left out. Another one needs global access.';
  document(target, key, ApiQuery({ name: 'organizationId', required: false, schema: { type: 'integer', minimum: 1 }, description }));
};

function document(target: object, key: string | symbol | undefined, decorator: MethodDecorator): void {
  const descriptor = key && Object.getOwnPropertyDescriptor(target, key);
  if (descriptor) decorator(target, key, descriptor);
}
