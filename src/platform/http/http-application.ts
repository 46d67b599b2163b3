import helmet from '@fastify/helmet';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { HttpSettings } from '../config/index.js';
import { CurrentContext } from '../context/index.js';
import { DomainError } from '../errors/index.js';
import { NestLog } from './logging.js';
import { serveOpenApi, type Surface } from './open-api.js';
import { problemOf, refusalOf, INTERNAL } from './problem.js';
import { hookRequests, traceIdOf } from './request-hooks.js';
import { validationPipe } from './validation.js';

/** Bytes of a body that is not an upload. */
const BODY_LIMIT = 1_048_576;

/** Levels of lists and objects in a body: what validates them calls itself for each. */
const MOST_LEVELS = 32;

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
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(refusalOf(error) ?? INTERNAL, request.url.split('?', 1)[0] ?? '', request.id);
      void reply
        .status(problem.status)
        // No hook runs here.
        .headers({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store', 'X-Request-Id': request.id })
        .send(JSON.stringify(problem));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: new NestLog(log), abortOnError: false });
  takeJsonAlone(app);
  await app.register(helmet, { contentSecurityPolicy: { directives: CONTENT_SECURITY } });
  // Answers carry people's data: no cache on the way may keep them.
  adapter.getInstance().addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('Cache-Control')) void reply.header('Cache-Control', 'no-store');
    done(null, payload);
  });
  hookRequests(adapter.getInstance(), app.get(CurrentContext), log);
  if (settings.corsOrigins.length > 0)
    app.enableCors({ origin: [...settings.corsOrigins], maxAge: 600, exposedHeaders: ['ETag', 'Location', 'Retry-After', 'X-Request-Id'] });
  app.useGlobalPipes(validationPipe());
  app.enableShutdownHooks();
  serveOpenApi(app, surfaces);
  return app;
}

/**
 * Of all bodies, JSON is the one that routes take unless they read it themselves. An empty body that calls itself JSON is no body:
 * clients send the header with every POST, also with those that need none.
 */
function takeJsonAlone(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  const parse = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
    if (body.length === 0) done(null, undefined);
    else
      void parse(request as FastifyRequest, body.toString('utf8'), (error, value: unknown) => {
        if (!error && isDeeper(value, MOST_LEVELS)) done(new BodyTooDeep());
        else done(error, value);
      });
  });
}

/** What Swagger UI and the account pages need, and no more. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  scriptSrc: ["'self'"],
  upgradeInsecureRequests: null,
};

class BodyTooDeep extends DomainError {
  constructor() {
    super('invalid', 'request.too_deep', `The body has more than ${MOST_LEVELS} levels of lists and objects in each other.`);
  }
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1)));
