import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { OAuthErrorFilter } from './oauth-error.filter.js';

/** The endpoints that speak RFC 6749, and the methods that each takes. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  '/oauth2-token': ['POST'],
  '/oauth2/introspect': ['POST'],
  '/oauth2/revoke': ['POST'],
  '/.well-known/jwks.json': ['GET', 'HEAD'],
  '/.well-known/oauth-authorization-server': ['GET', 'HEAD'],
};

/** HEAD comes with GET. A browser's question about CORS is answered before its OPTIONS gets here. */
const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/**
 * What goes wrong before a handler is reached, such as a body that cannot be read, is answered in the form of RFC 6749 as well, and so
 * is a method that an endpoint does not take.
 */
export function serveOAuthErrors(fastify: FastifyInstance, errors: OAuthErrorFilter): void {
  fastify.addHook('onRoute', (route) => {
    if (route.url in ENDPOINTS) route.errorHandler = (error, request, reply) => errors.answer(error, request, reply);
  });
  for (const [url, taken] of Object.entries(ENDPOINTS)) {
    const refuse = (_request: FastifyRequest, reply: FastifyReply): void => {
      void reply
        .status(405)
        .headers({ Allow: taken.join(', '), 'Cache-Control': 'no-store', Pragma: 'no-cache' })
        .send({ error: 'invalid_request', error_description: `Use ${taken.join(' or ')}.` });
    };
    // Before the body is read: whatever is wrong with it, the method is wrong first.
    fastify.route({ method: METHODS.filter((method) => !taken.includes(method)), url, onRequest: refuse, handler: refuse });
  }
}
