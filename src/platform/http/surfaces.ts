import { applyDecorators, Controller, SetMetadata } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SIDE } from '../authorization/index.js';
import type { Side } from '../context/index.js';
import { takingIdempotencyKeys } from './idempotency.interceptor.js';

const surface = (side: Side, base: string) => (path: string, tag: string) =>
  applyDecorators(
    Controller(path === '' ? base : `${base}/${path}`),
    SetMetadata(SIDE, side),
    ApiTags(tag),
    takingIdempotencyKeys((rule) => side === 'backend' || rule?.kind === 'permission'),
  );

/** A controller of the admin API, each POST of which takes an `Idempotency-Key`: `@AdminController('customers', 'Customers')` serves `/admin/api/customers`. */
export const AdminController = surface('backend', 'admin/api');

/** A controller of the storefront API, below `/api`. Its POSTs that need a permission take an `Idempotency-Key`: the others are about logging in. */
export const StorefrontController = surface('storefront', 'api');
