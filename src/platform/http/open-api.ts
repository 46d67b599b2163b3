import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ALSO_ANSWERS, OWN_REFUSALS, UNVERSIONED } from './answers.decorators.js';
import { Problem, problemOf } from './problem.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & {
  'x-required-permission'?: string;
  [UNVERSIONED]?: boolean;
  [ALSO_ANSWERS]?: number[];
  [OWN_REFUSALS]?: boolean;
};

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const PROBLEMS: Record<number, string> = {
  400: 'The input breaks a rule; `errors` names each offending member.',
  401: 'No token, or one that is not good (any more) for this API.',
  403: 'The permission, or the scope, that `detail` names is missing.',
  404: 'There is no such resource, or it is not visible to the caller.',
  409: 'The request is at odds with the state of things.',
  412: 'The resource has changed since the version in `If-Match`.',
  413: 'The body is too large.',
  415: 'The media type is not supported.',
  422: 'The `Idempotency-Key` was used with another body.',
  429: 'Too many requests; `Retry-After` says how many seconds to wait.',
  503: 'Something that this needs is not available at the moment.',
};

/** By status, a code and detail that this product answers. */
const EXAMPLES: Record<number, [code: string, detail: string]> = {
  400: ['validation.failed', 'name is required.'],
  401: ['auth.token_expired', 'The access token has expired.'],
  403: ['auth.permission_missing', 'This needs the permission customer_user:edit.'],
  404: ['not_found', 'There is no such customer user.'],
  409: ['customer_users.email_taken', 'A customer user with this email address exists already.'],
  412: ['precondition.stale', 'The resource has changed: its version is 3, If-Match names "2".'],
  413: ['request.too_large', 'Request body is too large'],
  415: ['request.media_type_unsupported', 'Send the body as application/json.'],
  422: ['idempotency.key_reused', 'The Idempotency-Key was used with another request.'],
  429: ['auth.locked_out', 'Too many failed logins; try again later.'],
  503: ['database.busy', 'The database is busy; try again.'],
};

/** One of the two documents: the operations below `prefixes`, each with its error answers. */
export interface Surface {
  path: string;
  title: string;
  description: string;
  prefixes: readonly string[];
  /** Takes `Idempotency-Key` on every POST; otherwise on those alone that need a permission. */
  idempotent: boolean;
}

/** Serves Swagger UI at `surface.path` and the JSON at `<path>-json`. The document is built on its first use. */
export function serveOpenApi(app: INestApplication, surfaces: readonly Surface[]): void {
  for (const surface of surfaces) {
    SwaggerModule.setup(surface.path, app, () => documentOf(app, surface), {
      customSiteTitle: surface.title,
      swaggerOptions: {
        persistAuthorization: true,
        displayRequestDuration: true,
        defaultModelsExpandDepth: 0,
        docExpansion: 'list',
        filter: true,
      },
    });
  }
}

export function documentOf(app: INestApplication, surface: Surface): OpenAPIObject {
  // No server is named: the page calls the origin that it came from, whatever PUBLIC_URL says.
  const base = new DocumentBuilder().setTitle(surface.title).setDescription(surface.description).setVersion('1').addBearerAuth();
  const document = SwaggerModule.createDocument(app, base.build(), { extraModels: [Problem] });
  for (const path of Object.keys(document.paths)) {
    if (!surface.prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))) delete document.paths[path];
  }
  for (const [path, item] of Object.entries(document.paths)) {
    for (const verb of VERBS) if (item[verb]) complete(item[verb], verb, path, surface);
  }
  document.tags = [...new Set(operationsOf(document).flatMap(({ tags = [] }) => tags))].sort().map((name) => ({ name }));
  dropUnusedSchemas(document);
  return document;
}

const operationsOf = (document: OpenAPIObject): Operation[] =>
  Object.values(document.paths).flatMap((item) => VERBS.flatMap((verb) => item[verb] ?? []));

function complete(operation: Operation, verb: (typeof VERBS)[number], path: string, { idempotent }: Surface): void {
  const guarded = operation.security !== undefined;
  const writes = verb !== 'get';
  const { [UNVERSIONED]: unversioned = false, [ALSO_ANSWERS]: also = [], [OWN_REFUSALS]: own = false } = operation;
  for (const told of [UNVERSIONED, ALSO_ANSWERS, OWN_REFUSALS] as const) delete operation[told];
  if (own) return;
  const conditional = !unversioned && (verb === 'patch' || verb === 'delete' || verb === 'put');
  const header = (name: string, description: string) => ({
    name,
    in: 'header' as const,
    required: false,
    description,
    schema: { type: 'string' as const },
  });
  if (conditional && guarded) (operation.parameters ??= []).push(header('If-Match', 'The `ETag` that the resource must still have.'));
  const permission = operation['x-required-permission'];
  const repeatable = verb === 'post' && (idempotent || permission !== undefined);
  if (repeatable)
    (operation.parameters ??= []).push(
      header('Idempotency-Key', 'The same key and body within 24 h answers what the first call answered.'),
    );
  if (permission) {
    const needed = `Needs the permission ${permission.replaceAll(/[^ ]+/g, '`$&`').replaceAll(' ', ' or ')}.`;
    operation.description = [operation.description, needed].filter(Boolean).join('\n\n');
  }
  const statuses = [
    400,
    // Whoever logs in may be refused as well.
    ...(guarded ? [401, 403] : path.includes('/auth/') ? [401] : []),
    ...(path.includes('{') ? [404] : []),
    ...(writes ? [409, 413, 415] : []),
    ...(conditional ? [412] : []),
    ...(repeatable ? [422] : []),
    429,
    ...also,
  ];
  for (const status of statuses) operation.responses[status] ??= problemResponse(status, path);
}

const problemResponse = (status: number, path: string) => ({
  description: PROBLEMS[status] ?? '',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: exampleOf(status, path) } },
});

/** An error as it comes: for 400 with the offending members, for the others without. */
function exampleOf(status: number, instance: string): Problem {
  const [code = '', detail = ''] = EXAMPLES[status] ?? [];
  const errors = [{ pointer: '/name', code: 'required', detail }];
  return problemOf({ status, code, detail, ...(status === 400 && { errors }) }, instance, '5f0c1f0e-7f39-4b5f-8f5d-3f1d7c1c9a53');
}

function dropUnusedSchemas(document: OpenAPIObject): void {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      if (schemas[name]) visit(schemas[name]);
    }
  };
  visit(document.paths);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
}
