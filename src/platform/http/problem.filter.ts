import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ScopeMissing, TokenMissing, TokenRepeated } from '../authorization/index.js';
import { INTERNAL, PROBLEM_TYPE, problemOf, refusalOf, type Refusal } from './problem.js';

/** Answers every error as `application/problem+json`. What is not a refusal is logged and answered without a detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = refusalOf(error);
    if (!refusal) this.logger.error({ err: error, traceId: request.id, url: pathOf(request) }, 'A request failed');
    if (reply.sent) return;
    this.send(request, reply, refusal ?? INTERNAL, error);
  }

  private send(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, error: unknown): void {
    if (refusal.retryAfter !== undefined) void reply.header('Retry-After', String(refusal.retryAfter));
    if (refusal.status === 401 || error instanceof ScopeMissing || error instanceof TokenRepeated)
      void reply.header('WWW-Authenticate', challenge(error));
    // ETag and Location belong to a success.
    for (const name of ['etag', 'location']) void reply.removeHeader(name);
    void reply
      .status(refusal.status)
      .header('Content-Type', PROBLEM_TYPE)
      .header('Cache-Control', 'no-store')
      .send(JSON.stringify(problemOf(refusal, pathOf(request), request.id)));
  }
}

/**
 * RFC 6750 section 3: no error code when no token was shown, but at least one parameter; and the scope where one is missing.
 */
function challenge(error: unknown): string {
  if (error instanceof TokenMissing) return 'Bearer realm="customer-identity"';
  if (error instanceof ScopeMissing) return `Bearer error="insufficient_scope", scope="${error.permissions.join(' ')}"`;
  const description = error instanceof Error ? `, error_description="${error.message.replace(/["\\]|[^\x20-\x7e]/g, '')}"` : '';
  return `Bearer error="${error instanceof TokenRepeated ? 'invalid_request' : 'invalid_token'}"${description}`;
}

/** Without the query, which may hold what nobody should log. */
const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;
