import { applyDecorators, Controller, SetMetadata } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SIDE } from '../authorization/index.js';
import type { Side } from '../context/index.js';

const surface = (side: Side, base: string) => (path: string, tag: string) =>
  applyDecorators(Controller(path === '' ? base : `${base}/${path}`), SetMetadata(SIDE, side), ApiTags(tag));

/** A controller of the admin API: `@AdminController('customers', 'Customers')` serves `/admin/api/customers`. */
export const AdminController = surface('backend', 'admin/api');

/** A controller of the storefront API, below `/api`. */
export const StorefrontController = surface('storefront', 'api');
