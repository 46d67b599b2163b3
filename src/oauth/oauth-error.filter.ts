import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isTransient } from '../platform/database/index.js';
import { DomainError } from '../platform/errors/index.js';
import { OAuthError } from './oauth-error.js';

/** The reason of what is refused before a handler is reached, such as a body that is no JSON. */
export const UNREADABLE = 'unreadable';

/** Answers every error of the authorization server's routes as RFC 6749 section 5.2 has it. */
@Injectable()
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('OAuth');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const refusal = refusalOf(error);
    if (refusal.code === 'server_error') this.logger.error({ err: error, traceId: request.id }, 'A token request failed');
    if (reply.sent) return;
    if (refusal.status === 401) void reply.header('WWW-Authenticate', 'Basic realm="oauth2", charset="UTF-8"');
    const wait = isTransient(error) ? 1 : error instanceof DomainError ? error.retryAfter : undefined;
    if (wait !== undefined) void reply.header('Retry-After', String(wait));
    const body = { error: refusal.code, error_description: printable(refusal.message) };
    void reply
      .status(refusal.status)
      .headers({ 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', Pragma: 'no-cache' })
      .send(JSON.stringify(body));
  }
}

/** What an error means to a client. */
export function refusalOf(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof DomainError) {
    const { kind, message } = error;
    if (kind === 'limited') return new OAuthError('temporarily_unavailable', message, kind, 429);
    if (kind === 'unavailable') return new OAuthError('temporarily_unavailable', message, kind);
    if (kind === 'unsupported') return new OAuthError('invalid_request', unreadable(415), UNREADABLE, 415);
    return new OAuthError('invalid_request', message, UNREADABLE);
  }
  if (isTransient(error)) return new OAuthError('temporarily_unavailable', 'The database is busy; try again.', 'unavailable');
  const { statusCode, status = statusCode } = error as { statusCode?: number; status?: number };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new OAuthError('invalid_request', unreadable(status), UNREADABLE, status);
  return new OAuthError('server_error', 'Something went wrong on our side.');
}

// Fastify's own messages quote what was sent.
function unreadable(status: number): string {
  if (status === 413) return 'The body is too large.';
  if (status === 415) return 'Send the parameters as application/x-www-form-urlencoded or application/json.';
  return 'The request cannot be read.';
}

/** RFC 6749 section 5.2: `error_description` has no other characters. */
const printable = (text: string): string => text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'");
