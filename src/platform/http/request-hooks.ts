import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Context, CurrentContext } from '../context/index.js';
import { DomainError } from '../errors/index.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** A caller's `X-Request-Id` is kept when it is harmless in a log line and in a header. */
const TRACE_ID = /^[\w.:-]{8,64}$/;

export function traceIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && TRACE_ID.test(given) ? given : randomUUID();
}

/** Only these paths take HTML forms; elsewhere a form is a cross-site request or a mistake. */
const FORM_PATHS = /^\/(oauth2|account\/)/;
/** Only these take uploads. */
const UPLOAD_PATHS = /^\/admin\/api\/(imports|customer-users\/[^/?]+\/attachments)\/?(\?|$)/;

/** Runs each request in a context of its own and writes one line about it to the log. */
export function hookRequests(fastify: FastifyInstance, context: CurrentContext, log: Logger): void {
  // None of the members of these lines is secret, and to look for secrets takes twenty times as long as to write the line.
  const lines = log.child({}, { redact: [] });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    done(refuseForm(request));
  });
  // After the body is read: reading it would lose a context that was opened before.
  fastify.addHook('preValidation', (request, _reply, done) => {
    context.run(contextOf(request), done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, url, id, ip } = request;
    const line = { traceId: id, method, path: url.split('?', 1)[0], status: reply.statusCode, ms: Math.round(reply.elapsedTime), ip };
    if (reply.statusCode >= 500) lines.error(line, 'request');
    else if (url.startsWith('/health')) lines.debug(line, 'request');
    else lines.info(line, 'request');
    done();
  });
}

/** What surrounds the handling of a request. */
export const contextOf = (request: FastifyRequest): Context => ({
  traceId: request.id,
  ip: request.ip,
  userAgent: request.headers['user-agent']?.slice(0, 255),
  ifMatch: request.headers['if-match'],
  via: 'api',
});

function refuseForm(request: FastifyRequest): DomainError | undefined {
  const { headers, url } = request;
  const type = headers['content-type']?.toLowerCase() ?? '';
  const paths = type.startsWith('application/x-www-form-urlencoded')
    ? FORM_PATHS
    : type.startsWith('multipart/')
      ? UPLOAD_PATHS
      : undefined;
  // An address may also be written whole, or with escapes (RFC 9112 section 3.2.2): the route knows better.
  if (!paths || paths.test(url) || paths.test(request.routeOptions.url ?? '')) return undefined;
  return new DomainError('unsupported', 'request.media_type_unsupported', 'Send the body as application/json.');
}
