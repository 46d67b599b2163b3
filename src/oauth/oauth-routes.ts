import http from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type OAuthErrorFilter, refusalOf, UNREADABLE } from './oauth-error.filter.js';

/** The endpoints that speak RFC 6749, and the methods that each takes. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  '/oauth2-token': ['POST'],
  '/oauth2/introspect': ['POST'],
  '/oauth2/revoke': ['POST'],
  '/.well-known/jwks.json': ['GET', 'HEAD'],
  '/.well-known/oauth-authorization-server': ['GET', 'HEAD'],
};

const KEPT_BY_NOBODY = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** More than any parameter that means something. What is longer is not even read: nobody has authenticated yet. */
const BODY_LIMIT = 262_144;

/** CONNECT asks for no address, and HEAD comes with GET. A browser's question about CORS is answered before its OPTIONS gets here. */
const METHODS = http.METHODS.filter((method) => method !== 'CONNECT' && method !== 'HEAD');

/** Hears of each request that was refused before its handler was reached. */
type Unread = (request: FastifyRequest) => Promise<void>;

/**
 * What goes wrong before a handler is reached, such as a body that cannot be read, is answered in the form of RFC 6749 as well, and so
 * is a method that an endpoint does not take.
 */
export function serveOAuthErrors(fastify: FastifyInstance, errors: OAuthErrorFilter, unread: Unread): void {
  fastify.addHook('onRoute', (route) => {
    if (!(route.url in ENDPOINTS)) return;
    route.bodyLimit = BODY_LIMIT;
    route.errorHandler = (error, request, reply) => {
      const answer = (failure: unknown) => errors.answer(failure, request, reply);
      if (refusalOf(error).reason !== UNREADABLE) return answer(error);
      void unread(request).then(() => answer(error), answer);
    };
  });
  for (const method of METHODS) if (!fastify.supportedMethods.includes(method)) fastify.addHttpMethod(method, { hasBody: true });
  for (const [url, taken] of Object.entries(ENDPOINTS)) {
    const refuse = (_request: FastifyRequest, reply: FastifyReply): void => {
      void reply
        .status(405)
        .headers({ ...KEPT_BY_NOBODY, Allow: taken.join(', ') })
        .send({ error: 'invalid_request', error_description: `Use ${taken.join(' or ')}.` });
    };
    // Before the body is read: whatever is wrong with it, the method is wrong first.
    fastify.route({ method: METHODS.filter((method) => !taken.includes(method)), url, onRequest: refuse, handler: refuse });
  }
}

/**
 * Lets Fastify itself answer the POSTs of an endpoint that Nest declares. Nest's guards, interceptors and pipes have nothing to do for a
 * public route that reads its parameters itself, and take longer over it than the answer does. Throws when the route is there already.
 */
export function answerDirectly(fastify: FastifyInstance, url: string, answer: (request: FastifyRequest) => Promise<object>): void {
  if (fastify.hasRoute({ url, method: 'POST' })) throw new Error(`POST ${url} is served already, so Nest answers it.`);
  fastify.addHook('onRoute', (route) => {
    if (route.url === url && route.method === 'POST')
      route.handler = (request, reply) => {
        void reply.headers(KEPT_BY_NOBODY);
        return answer(request);
      };
  });
}
