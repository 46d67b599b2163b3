import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { HttpSettings } from '../config/index.js';
import { CurrentContext } from '../context/index.js';
import { BODY_LIMIT, takeJsonAlone } from './json-body.js';
import { endConnectionsWhenStopping, refuseUnreadable } from './connections.js';
import { NestLog } from './logging.js';
import { serveOpenApi, type Surface } from './open-api.js';
import { INTERNAL, PROBLEM_TYPE, problemOf, refusalOf } from './problem.js';
import { representResources } from './representation.js';
import { hookRequests, traceIdOf } from './request-hooks.js';
import { validationPipe } from './validation.js';

/** What pages of other origins may send and read. An OPTIONS that asks for nothing of it is answered as well. */
const CORS = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: ['Content-Disposition', 'Content-Location', 'ETag', 'Location', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
  maxAge: 600,
  strictPreflight: false,
};

/** Parts of an upload beside its file, and their bytes. */
const UPLOAD_LIMITS = { files: 1, fields: 20, fieldSize: 65_536, headerPairs: 50 };

/** The HTTP side of the product, ready to listen. */
export async function createHttpApplication(
  module: DynamicModule,
  { settings, log, surfaces }: { settings: HttpSettings; log: Logger; surfaces: readonly Surface[] },
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: traceIdOf,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    skipMiddie: true,
    multipart: { limits: { ...UPLOAD_LIMITS, fileSize: Infinity } },
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(refusalOf(error) ?? INTERNAL, request.url.split('?', 1)[0] ?? '', request.id);
      void reply
        .status(problem.status)
        // No hook runs here.
        .headers({ 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', 'X-Request-Id': request.id })
        .send(JSON.stringify(problem));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: new NestLog(log), abortOnError: false });
  takeJsonAlone(app);
  endConnectionsWhenStopping(adapter.getInstance());
  hookRequests(adapter.getInstance(), app.get(CurrentContext), log);
  representResources(adapter.getInstance());
  if (settings.corsOrigins.length > 0) app.enableCors({ ...CORS, origin: [...settings.corsOrigins] });
  app.useGlobalPipes(validationPipe());
  // Lines of the log that wait are written when a process exits, not when it is killed, be it by itself.
  app.enableShutdownHooks([], { useProcessExit: true });
  serveOpenApi(app, surfaces);
  return app;
}
