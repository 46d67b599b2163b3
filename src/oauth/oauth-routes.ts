import type { FastifyInstance } from 'fastify';
import type { OAuthErrorFilter } from './oauth-error.filter.js';

/** The endpoints that speak RFC 6749; each takes POST alone. */
const ENDPOINTS: readonly string[] = ['/oauth2-token'];

/**
 * What goes wrong before a handler is reached, such as a body that cannot be read, is answered in the form of RFC 6749 as well, and so
 * is a method that an endpoint does not take.
 */
export function serveOAuthErrors(fastify: FastifyInstance, errors: OAuthErrorFilter): void {
  fastify.addHook('onRoute', (route) => {
    if (ENDPOINTS.includes(route.url)) route.errorHandler = (error, request, reply) => errors.answer(error, request, reply);
  });
  for (const url of ENDPOINTS) {
    fastify.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url,
      handler: (_request, reply) => {
        void reply
          .status(405)
          .headers({ Allow: 'POST', 'Cache-Control': 'no-store', Pragma: 'no-cache' })
          .send({ error: 'invalid_request', error_description: 'Use POST.' });
      },
    });
  }
}
