import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../errors/index.js';

const READS_BODY = [RouteParamtypes.BODY, RouteParamtypes.REQUEST].map((kind) => `${kind}:`);

/** Refuses members sent to a route that takes none: they would be ignored, and their sender would not know. */
@Injectable()
export class UnexpectedBodyGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const { body } = execution.switchToHttp().getRequest<FastifyRequest>();
    if (typeof body !== 'object' || body === null || readsBody(execution)) return true;
    const names = Object.keys(body);
    if (names.length === 0) return true;
    throw new InvalidInput(
      names.map((name) => ({ pointer: `/${name}`, code: 'unknown_member', detail: `${name} is not a member that this accepts.` })),
    );
  }
}

function readsBody(execution: ExecutionContext): boolean {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, execution.getClass(), execution.getHandler().name) ?? {}) as object;
  return Object.keys(parameters).some((key) => READS_BODY.some((kind) => key.startsWith(kind)));
}
