import type { Surface } from './platform/http/index.js';

/** The two OpenAPI documents. */
export const SURFACES: readonly Surface[] = [
  {
    path: 'docs/admin',
    title: 'Customer Identity: admin API',
    description:
      'For the people who manage customers and their users. Log in with `POST /admin/api/auth/login`, press **Authorize** and paste the `accessToken`.',
    prefixes: ['/admin/api'],
    idempotent: true,
  },
  {
    path: 'docs/storefront',
    title: 'Customer Identity: storefront API',
    description:
      'For customer users and the applications that act for them. Log in with `POST /api/auth/login`, or get a token at `POST /oauth2-token`, press **Authorize** and paste it.',
    prefixes: ['/api', '/oauth2-token', '/oauth2', '/.well-known'],
    idempotent: false,
  },
];
