import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

const LOCATION = 'platform:location';

/** Where the resources that a POST creates are found, when that is not below the route itself: `@LocatedAt('/admin/api/oauth-applications')`. */
export const LocatedAt = (base: string) => SetMetadata(LOCATION, base);

/** Gives resources their `ETag`, which `If-Match` is held to, and says where a created one is found. */
@Injectable()
export class RepresentationInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    const base = Reflect.getMetadata(LOCATION, execution.getHandler()) as string | undefined;
    return next.handle().pipe(map((body: unknown) => represent(body, request, reply, base)));
  }
}

function represent(body: unknown, request: FastifyRequest, reply: FastifyReply, base: string | undefined): unknown {
  const { id, version } = (body ?? {}) as { id?: unknown; version?: unknown };
  if (typeof version === 'number') void reply.header('ETag', `"${version}"`);
  if (request.method === 'POST' && reply.statusCode === 201 && typeof id === 'number')
    void reply.header('Location', `${base ?? request.url.split('?', 1)[0]}/${id}`);
  return body;
}
