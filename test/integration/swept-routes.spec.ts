import { documentOf } from '../../src/platform/http/index.js';
import { SURFACES } from '../../src/surfaces.js';
import { BODY_ROUTES, ID_ROUTES, LISTS } from '../support/bad-input/routes.js';
import { type Product, startProduct } from '../support/product.js';

interface Operation {
  requestBody?: { content: Record<string, unknown> };
  parameters?: { name: string; in: string }[];
}

/** The kinds of documents share each handler. */
const KINDS = /\/(orders|quotes|quote-requests|shopping-lists)(?=\/|$)/;

/** `/customers/:id/tree`, `/customers/{id}/tree` and `/customers/1/tree` alike. */
const shapeOf = (method: string, path: string) =>
  `${method.toUpperCase()} ${path
    .replace(/\/(:\w+|\{\w+\}|\d+)(?=\/|$)/g, '/*')
    .replace(/settings\/[\w.]+$/, 'settings/*')
    .replace(KINDS, '/documents')}`;

describe('The sweeps with bad input', () => {
  let product: Product;
  let operations: { shape: string; path: string; operation: Operation }[];

  beforeAll(async () => {
    product = await startProduct();
    operations = SURFACES.flatMap((surface) =>
      Object.entries(documentOf(product.app, surface).paths).flatMap(([path, item]) =>
        Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ shape: shapeOf(method, path), path, operation })),
      ),
    );
  });
  afterAll(() => product.close());

  const missing = (wanted: (of: { path: string; operation: Operation; shape: string }) => boolean, swept: readonly string[]) =>
    // The authorization server answers in a form of its own, and has suites of its own.
    operations
      .filter((operation) => !operation.path.startsWith('/oauth2') && wanted(operation))
      .flatMap(({ shape }) => (swept.includes(shape) ? [] : [shape]));

  it('take in each route with a JSON body', () => {
    const swept = BODY_ROUTES.map(({ method, route }) => shapeOf(method, route));
    expect(missing(({ operation }) => operation.requestBody?.content['application/json'] !== undefined, swept)).toEqual([]);
  });

  it('take in each route with an id in its path', () => {
    const swept = ID_ROUTES.map(([method, route]) => shapeOf(method, route));
    const bodies = BODY_ROUTES.map(({ method, route }) => shapeOf(method, route));
    expect(missing(({ path }) => /\{\w*[iI]d\}/.test(path), [...swept, ...bodies])).toEqual([]);
  });

  it('take in each list', () => {
    const swept = LISTS.map((path) => shapeOf('GET', path));
    expect(missing(({ operation }) => operation.parameters?.some(({ name }) => name === 'cursor') === true, swept)).toEqual([]);
  });
});
