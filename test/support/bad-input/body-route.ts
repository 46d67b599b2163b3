import type { Product } from '../product.js';
import type { World } from './world.js';

/** A route of the journey that takes JSON, with a body that it would accept. */
export interface BodyRoute {
  readonly method: 'POST' | 'PATCH' | 'PUT';
  /** The route, `:id` where it has one. */
  readonly route: string;
  /** Who may call it; nobody in particular when left out. */
  readonly as?: 'admin' | 'buyer' | 'boss';
  readonly required?: readonly string[];
  /** Members that take any object. */
  readonly open?: readonly string[];
  /** The id for the path; made anew when the route changes what it finds. */
  readonly id?: (product: Product, world: World) => Promise<number> | number;
  readonly body: (world: World) => object;
}
