import { CustomerUsersRepository } from '../../src/customer-users/customer-users.repository.js';
import { CustomersRepository } from '../../src/customers/customers.repository.js';
import { type Action, PermissionCatalog, type ReachedRows } from '../../src/platform/authorization/index.js';
import { CurrentContext, type Level, Rights } from '../../src/platform/context/index.js';
import { DocumentsRepository } from '../../src/records/documents.repository.js';
import { DOCUMENT_KINDS } from '../../src/records/document-kinds.js';
import { RolesRepository } from '../../src/roles/roles.repository.js';
import type { Listed } from '../support/client.js';
import { type Product, startProduct } from '../support/product.js';
import { aStorefrontWorld, type Position, POSITIONS, type StorefrontWorld } from '../support/scoping/storefront-world.js';

type Reached = Partial<Record<Level, readonly Position[]>>;

const OF_PEOPLE: Reached = { none: [], own: ['own'], customer: ['own', 'colleague'], hierarchy: ['own', 'colleague', 'child'] };
const OF_CUSTOMERS: Reached = { none: [], customer: ['own'], hierarchy: ['own', 'child'] };

/** Who gets what: by entity and level, the records that an act reaches. Nothing above, beside or elsewhere is ever reached. */
const TABLE: Record<string, Reached> = {
  ...{ customer: OF_CUSTOMERS, customer_address: OF_CUSTOMERS, customer_user_role: OF_CUSTOMERS },
  ...{ customer_user: OF_PEOPLE, customer_user_address: OF_PEOPLE },
  ...{ order: OF_PEOPLE, quote: OF_PEOPLE, quote_request: OF_PEOPLE, shopping_list: OF_PEOPLE },
};

const OTHERS: Reached = { none: [], own: [], customer: ['colleague'], hierarchy: ['colleague', 'child'] };
const SUBSIDIARIES: Reached = { none: [], customer: [], hierarchy: ['own', 'child'] };

/** Where the routes reach less: nobody acts on himself, whom one makes is a colleague, and what one makes or deletes is below a customer. */
const BY_ROUTE: Record<string, Reached> = {
  ...{ 'customer_user:edit': OTHERS, 'customer_user:delete': OTHERS, 'customer_user:create': { ...OF_PEOPLE, own: [] } },
  ...{ 'customer:create': SUBSIDIARIES, 'customer:delete': SUBSIDIARIES },
};

/** The entities that the storefront has routes for. */
const PATHS: Record<string, string> = {
  ...{ customer: '/api/customers', customer_user: '/api/customer-users', customer_user_role: '/api/customer-user-roles' },
  ...{ customer_address: '/api/addresses', customer_user_address: '/api/addresses' },
};

let renamed = 0;
const CHANGES: Record<string, () => object> = {
  customer: () => ({ name: 'Renamed' }),
  customer_user: () => ({ middleName: 'M.' }),
  customer_user_role: () => ({ label: `Renamed ${(renamed += 1)}` }),
};

/** What an act answers that reaches too little: as if the record were not there, or which permission is missing for it. */
const ANSWERS = new Set([
  'done',
  'not_found',
  'auth.permission_missing',
  'customer_users.self',
  'customers.parent_unknown',
  'customer_users.customer_unknown',
]);

describe('A customer user', () => {
  let product: Product;
  let world: StorefrontWorld;

  beforeAll(async () => {
    product = await startProduct();
    world = await aStorefrontWorld(product);
  });
  afterAll(() => product.close());

  it('is held to this table in every entity that customer users can hold permissions for, at every level that it offers', () => {
    const offered = product.inside(PermissionCatalog).entities('storefront');

    expect(Object.keys(TABLE).sort()).toEqual(offered.map(({ entity }) => entity).sort());
    for (const { entity, levels } of offered) expect([entity, Object.keys(TABLE[entity] ?? {})]).toEqual([entity, levels.storefront]);
  });

  const reposOf = (entity: string): ReachedRows<never> | undefined => {
    const kind = DOCUMENT_KINDS.find((candidate) => candidate.entity === entity);
    if (kind) return product.inside(DocumentsRepository).of(kind) as unknown as ReachedRows<never>;
    const repositories = { customer: CustomersRepository, customer_user: CustomerUsersRepository, customer_user_role: RolesRepository };
    const type = repositories[entity as keyof typeof repositories];
    return type && (product.inside<object>(type) as ReachedRows<never>);
  };

  const positionsOf = (entity: string) => POSITIONS.filter((position) => world.ids[entity]?.[position] !== undefined);
  const actionsOf = (entity: string): Action[] =>
    product
      .inside(PermissionCatalog)
      .entities('storefront')
      .filter((entry) => entry.entity === entity)
      .flatMap(({ permissions }) => permissions.map(({ action }) => action));

  describe.each(Object.entries(TABLE))('in queries of %s', (entity, table) => {
    const levels = Object.entries(table) as [Level, Position[]][];

    it.each(levels)('finds at the level %s of any action: %j', async (level, expected) => {
      const rows = reposOf(entity);
      // The books of addresses are found through their owners: their routes show it.
      if (!rows) return expect(entity).toMatch(/_address$/);
      const { person } = world.me;
      const who = { side: 'storefront', type: 'customer-user', name: 'Amanda Cole', globalAccess: false } as const;
      for (const action of actionsOf(entity)) {
        const rights = new Rights([{ permissions: { [entity]: { [action]: level } }, capabilities: {} }]);
        const principal = { ...who, id: person.id, organizationId: person.organizationId, customerId: person.customer.id, rights };
        const permission = { name: `${entity}:${action}`, label: '' };
        const found: { id: number }[] = await product
          .inside(CurrentContext)
          .runAs(principal, 'api', () => rows.reached(permission).getMany());
        const ids = found.map(({ id }) => id);
        const reached = positionsOf(entity).filter((position) => ids.includes(world.ids[entity]?.[position] ?? 0));
        expect([action, reached]).toEqual([action, expected]);
      }
      return undefined;
    });
  });

  /** He may see as far as anybody can, and do the act at this level. */
  async function allow(entity: string, action: Action, level: Level): Promise<void> {
    const far = { customer: 'hierarchy', customer_user: 'hierarchy', customer_user_role: 'hierarchy' };
    const seen = Object.fromEntries(Object.entries(far).map(([name, view]) => [name, { view }]));
    const permissions = { ...seen, [entity]: { view: 'hierarchy', [action]: level } };
    const { status } = await product.admin.put(`/admin/api/customer-user-roles/${world.roleId}/permissions`, {
      permissions,
      capabilities: {},
    });
    if (status !== 200) throw new Error(`The role could not be given ${entity}:${action} at ${level}: ${status}.`);
  }

  async function attempt(entity: string, action: Action, position: Position): Promise<string> {
    const path = PATHS[entity] ?? '';
    const id = action === 'delete' ? await world.fresh(entity, position) : world.ids[entity]?.[position];
    const change = CHANGES[entity]?.() ?? { label: 'Changed' };
    const answer = await {
      view: () => world.me.get(`${path}/${id}`),
      create: () => world.me.post(path, world.draft(entity, position)),
      edit: () => world.me.patch(`${path}/${id}`, change),
      delete: () => world.me.delete(`${path}/${id}`),
      assign: () => world.me.get(`${path}/${id}`),
    }[action]();
    if (answer.status < 300) return 'done';
    const { code, errors } = answer.body;
    return errors?.[0]?.code ?? code;
  }

  describe.each(Object.keys(PATHS))('by the routes of %s', (entity) => {
    it.each(['view', 'create', 'edit', 'delete'] as const)('may %s what his level reaches, and nothing else', async (action) => {
      const table = BY_ROUTE[`${entity}:${action}`] ?? TABLE[entity] ?? {};
      for (const [level, expected] of Object.entries(table) as [Level, Position[]][]) {
        await allow(entity, action, level);
        const outcomes = [];
        for (const position of positionsOf(entity)) outcomes.push([position, await attempt(entity, action, position)] as const);
        const done = outcomes.flatMap(([position, outcome]) => (outcome === 'done' ? [position] : []));
        expect([`${entity}:${action} at ${level}`, done]).toEqual([`${entity}:${action} at ${level}`, expected]);
        expect(outcomes.filter(([, outcome]) => !ANSWERS.has(outcome))).toEqual([]);
      }
    });

    if (!entity.endsWith('address'))
      it('lists what his level to view reaches, and nothing else', async () => {
        for (const [level, expected] of Object.entries(TABLE[entity] ?? {}) as [Level, Position[]][]) {
          await allow(entity, 'view', level);
          const { body } = await world.me.get<Partial<Listed<{ id: number }>>>(`${PATHS[entity]}?limit=200`);
          const ids = (body.items ?? []).map(({ id }) => id);
          expect([level, positionsOf(entity).filter((position) => ids.includes(world.ids[entity]?.[position] ?? 0))]).toEqual([
            level,
            expected,
          ]);
        }
      });
  });

  it('acts on many as far as on each of them', async () => {
    const people = positionsOf('customer_user').map((position) => ({ position, id: world.ids['customer_user']?.[position] ?? 0 }));
    for (const [level, expected] of Object.entries(OTHERS) as [Level, Position[]][]) {
      await allow('customer_user', 'edit', level);
      const bulk = { action: 'enable', ids: people.map(({ id }) => id) };
      const { body } = await world.me.post<{ items?: { id: number; status: string }[] }>('/api/customer-users/bulk', bulk);
      const acted = (body.items ?? []).filter(({ status }) => status === 'unchanged').map(({ id }) => id);
      expect([level, people.filter(({ id }) => acted.includes(id)).map(({ position }) => position)]).toEqual([level, expected]);
    }
  });
});
