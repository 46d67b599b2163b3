import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Where the resources that a POST creates are found, when that is not below the route itself: `@LocatedAt('/admin/api/oauth-applications')`. */
export const LocatedAt = (base: string) => RouteConfig({ locatedAt: base });

/** Gives resources their `ETag`, which `If-Match` is held to, and says where a created one is found. */
export function representResources(fastify: FastifyInstance): void {
  fastify.addHook('preSerialization', (request, reply, body: unknown, done) => {
    const { id, version } = (body ?? {}) as { id?: unknown; version?: unknown };
    if (typeof version === 'number') void reply.header('etag', `"${version}"`);
    if (request.method === 'POST' && reply.statusCode === 201 && typeof id === 'number') {
      const { locatedAt } = request.routeOptions.config as { locatedAt?: string };
      void reply.header('location', `${locatedAt ?? request.url.split('?', 1)[0]}/${id}`);
    }
    done(null, body);
  });
}
