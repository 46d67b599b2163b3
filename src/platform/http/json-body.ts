import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { DomainError, InvalidInput, type MemberFault } from '../errors/index.js';

/** Bytes of a body that is not an upload. */
export const BODY_LIMIT = 1_048_576;

/** Levels of lists and objects in a body; what validates them calls itself for each. */
const MOST_LEVELS = 32;

/** Lists and objects in a body. Each is validated before anybody counts them, which takes seconds for those that fit in {@link BODY_LIMIT}. */
const MOST_PARTS = 5_000;

class BodyTooDeep extends DomainError {
  constructor() {
    super('invalid', 'request.too_deep', `The body has more than ${MOST_LEVELS} levels of lists and objects in each other.`);
  }
}

class BodyTooManyParts extends DomainError {
  constructor() {
    super('invalid', 'request.too_many_parts', `The body has more than ${MOST_PARTS} lists and objects.`);
  }
}

class BodyNotUtf8 extends DomainError {
  constructor() {
    super('invalid', 'request.malformed', 'The body is not UTF-8.');
  }
}

/**
 * Of requests to these routes, what their body was read from is kept as their `bodyText`: the authorization server refuses a parameter that comes
 * twice (RFC 6749 section 3.2), and of several members of one name only the last is read.
 */
const KEPT_AS_TEXT = /^\/oauth2/;

/**
 * Of all bodies, JSON is the one that routes take unless they read it themselves. An empty body that calls itself JSON is no body:
 * clients send the header with every POST, also with those that need none.
 */
export function takeJsonAlone(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  const parse = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
    if (body.length === 0) done(null, undefined);
    // What it is not would be replaced, and kept so.
    else if (!isUtf8(body)) done(new BodyNotUtf8());
    else {
      const text = body.toString('utf8');
      if (KEPT_AS_TEXT.test((request as FastifyRequest).routeOptions.url ?? '')) Object.assign(request, { bodyText: text });
      void parse(request as FastifyRequest, text, (error, value: unknown) => done(error ?? refusalOf(value), value));
    }
  });
}

function refusalOf(body: unknown): Error | null {
  // What checks bodies takes it for an object without members: a change of nothing.
  if (body === null) return new InvalidInput([{ pointer: '/body', code: 'required', detail: 'body is required.' }]);
  if (isDeeper(body, MOST_LEVELS)) return new BodyTooDeep();
  if (partsOf(body) > MOST_PARTS) return new BodyTooManyParts();
  const faults = inheritedNames(body, '');
  return faults.length > 0 ? new InvalidInput(faults) : null;
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1)));

const partsOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((parts, member) => parts + partsOf(member), 1) : 0;

/** Members such as `constructor`, which every object has: what checks bodies would take them for known ones. */
function inheritedNames(value: unknown, pointer: string): MemberFault[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const own = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (name in Object.prototype) return [{ pointer: own, code: 'unknown_member', detail: `${name} is not a member that this accepts.` }];
    return inheritedNames(member, own);
  });
}
