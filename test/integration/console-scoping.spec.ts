import { PermissionCatalog, ReachedRows } from '../../src/platform/authorization/index.js';
import { CurrentContext, type Level, Rights } from '../../src/platform/context/index.js';
import { Contributions } from '../../src/platform/contributions/index.js';
import { DOCUMENT_KINDS } from '../../src/records/document-kinds.js';
import { DocumentsRepository } from '../../src/records/documents.repository.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aDocument } from '../factories/documents.js';
import { anOrganization } from '../factories/organizations.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUser } from '../factories/users.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const LEVELS = ['none', 'own', 'organization', 'global'] as const;
type Row = { id: number; version: number; organizationId?: number | null };

/** The records around a console user: what he owns or represents, what belongs to such a customer, and what does not. */
const POSITIONS = ['owned', 'represented', 'ofOwned', 'ofRepresented', 'colleagues', 'elsewhere'] as const;
type Position = (typeof POSITIONS)[number];

/** Who gets what at the level own; at the others an organization decides. */
const OWN: Record<string, readonly Position[]> = {
  customer: ['owned', 'represented'],
  customer_user: ['owned', 'represented', 'ofOwned', 'ofRepresented'],
  ...Object.fromEntries(DOCUMENT_KINDS.map(({ entity }) => [entity, ['ofOwned', 'ofRepresented'] as const])),
  // A console user's own is himself.
  user: ['owned'],
};

describe('A console user', () => {
  let product: Product;
  let elsewhere: number;
  let me: Caller & { userId: number };
  const ids: Record<string, Partial<Record<Position, number>>> = {};

  beforeAll(async () => {
    product = await startProduct();
    elsewhere = (await anOrganization(product)).id;
    me = await aConsoleCaller(product);
    const { admin } = product;
    const stranger = await aConsoleCaller(product, { organizationId: elsewhere });
    for (const [number, caller] of [admin, stranger].entries()) {
      await caller.post('/admin/api/customer-groups', { name: 'Group' });
      await caller.post('/admin/api/custom-fields', { entity: 'customer', name: 'field', type: 'string' });
      created(await caller.post('/admin/api/consents', { name: 'Terms', text: 'Be kind.' }));
      const person = await aCustomerUser(caller);
      created(await caller.post(`/admin/api/customer-users/${person.id}/oauth-applications`, { name: 'Robot' }));
      await aUserRole(caller, {}, { organizationId: number === 0 ? 1 : elsewhere });
    }
    const colleague = (await aUser(admin)).id;
    const none = { salesRepresentativeIds: [] };
    const customers = {
      owned: (await aCustomer(admin, { ownerId: me.userId })).id,
      represented: (await aCustomer(admin, { ownerId: colleague, salesRepresentativeIds: [me.userId] })).id,
      colleagues: (await aCustomer(admin, { ownerId: colleague })).id,
      elsewhere: (await aCustomer(stranger)).id,
    };
    const person = async (caller: Caller, draft: object) => (await aCustomerUser(caller, { password: undefined, ...draft })).id;
    const people = {
      owned: await person(admin, { customerId: customers.colleagues, ownerId: me.userId, ...none }),
      represented: await person(admin, { customerId: customers.colleagues, ownerId: colleague, salesRepresentativeIds: [me.userId] }),
      ofOwned: await person(admin, { customerId: customers.owned, ownerId: colleague, ...none }),
      ofRepresented: await person(admin, { customerId: customers.represented, ownerId: colleague, ...none }),
      colleagues: await person(admin, { customerId: customers.colleagues, ownerId: colleague, ...none }),
      elsewhere: await person(stranger, { customerId: customers.elsewhere }),
    };
    Object.assign(ids, { customer: customers, customer_user: people, user: { owned: me.userId, colleagues: colleague } });
    for (const { entity } of DOCUMENT_KINDS) {
      const put = async (caller: Caller, customerId: number) =>
        (await aDocument(caller, { customerId }, `${entity.replace('_', '-')}s`)).id;
      ids[entity] = {
        ofOwned: await put(admin, customers.owned),
        ofRepresented: await put(admin, customers.represented),
        colleagues: await put(admin, customers.colleagues),
        elsewhere: await put(stranger, customers.elsewhere),
      };
    }
  });
  afterAll(() => product.close());

  const repositories = (): ReachedRows<Row>[] => [
    ...product.inside(Contributions).instancesOf<ReachedRows<Row>>(ReachedRows as never),
    ...DOCUMENT_KINDS.map((kind) => product.inside(DocumentsRepository).of(kind) as unknown as ReachedRows<Row>),
  ];
  const permissionOf = (rows: ReachedRows<Row>) => (rows as unknown as { kind: { view: { name: string } } }).kind.view.name;
  const entityOf = (rows: ReachedRows<Row>) => permissionOf(rows).split(':')[0] ?? '';

  /** What the query of any action finds at a level. */
  function found(rows: ReachedRows<Row>, action: string, level: Level, globalAccess = false): Promise<Row[]> {
    const entity = entityOf(rows);
    const rights = new Rights([{ permissions: { [entity]: { [action]: level } }, capabilities: {} }]);
    const who = { side: 'backend', type: 'user', id: me.userId, name: 'Sam Miller', organizationId: 1, globalAccess } as const;
    const permission = { name: `${entity}:${action}`, label: '' };
    return product.inside(CurrentContext).runAs({ ...who, rights }, 'api', () => rows.reached(permission).getMany());
  }

  /** The organizations that rows belong to; an organization is its own, and what belongs to every one is nobody's. */
  const organizationsOf = (entity: string, rows: readonly Row[]) =>
    [...new Set(rows.map((row) => (entity === 'organization' ? row.id : row.organizationId)).filter((id) => id != null))].sort();

  it('is held to his level in every entity that is read through its repository', async () => {
    const seen: string[] = [];
    for (const rows of repositories()) {
      const entity = entityOf(rows);
      seen.push(entity);
      const actions =
        product
          .inside(PermissionCatalog)
          .entities('backend')
          .find((entry) => entry.entity === entity)?.permissions ?? [];
      for (const { action } of actions) {
        const outcome = {
          none: (await found(rows, action, 'none')).length,
          organization: organizationsOf(entity, await found(rows, action, 'organization')),
          globalWithoutAccess: organizationsOf(entity, await found(rows, action, 'global')),
          organizationWithAccess: organizationsOf(entity, await found(rows, action, 'organization', true)),
          global: organizationsOf(entity, await found(rows, action, 'global', true)),
        };
        expect([entity, action, outcome]).toEqual([
          entity,
          action,
          { none: 0, organization: [1], globalWithoutAccess: [1], organizationWithAccess: [1], global: [1, elsewhere] },
        ]);
      }
    }
    expect(seen).toEqual(
      expect.arrayContaining(['customer', 'customer_user', 'customer_user_role', 'user', 'user_role', 'consent', 'order']),
    );
    expect(seen.length).toBeGreaterThan(14);
  });

  it('finds at the level own what is his, for any action, and nothing of what offers no such level', async () => {
    const offering = product
      .inside(PermissionCatalog)
      .entities('backend')
      .filter(({ levels }) => levels.backend?.includes('own'));
    const withoutRows = ['customer_address', 'customer_user_address'];
    // Read about one person at a time, which person-records.spec.ts holds to each level.
    const aboutPeople = ['note', 'calendar_event', 'attachment'];
    expect([...Object.keys(OWN), ...withoutRows, ...aboutPeople].sort()).toEqual(
      expect.arrayContaining(offering.map(({ entity }) => entity).sort()),
    );

    for (const rows of repositories()) {
      const entity = entityOf(rows);
      for (const { action } of offering.find((entry) => entry.entity === entity)?.permissions ?? []) {
        const reached = (await found(rows, action, 'own')).map(({ id }) => id);
        const positions = POSITIONS.filter((position) => reached.includes(ids[entity]?.[position] ?? 0));
        expect([entity, action, positions]).toEqual([entity, action, OWN[entity]]);
      }
      if (!(entity in OWN)) expect([entity, (await found(rows, 'view', 'own')).length]).toEqual([entity, 0]);
    }
  });

  describe.each(LEVELS)('at the level %s', (level) => {
    let caller: Caller;
    const reached = (positions: readonly Position[]): readonly Position[] =>
      level === 'none' ? [] : level === 'own' ? positions : POSITIONS.filter((position) => position !== 'elsewhere');

    beforeAll(async () => {
      const actions = { view: level, create: level, edit: level, delete: level };
      const entities = [
        'customer',
        'customer_user',
        'customer_address',
        'customer_user_address',
        ...DOCUMENT_KINDS.map(({ entity }) => entity),
      ];
      const rights = Object.fromEntries(
        entities.flatMap((entity) => Object.entries(actions).map(([action, held]) => [`${entity}:${action}`, held])),
      );
      caller = await aConsoleCaller(product, { rights, capabilities: ['export'] });
      const { userId } = caller as typeof me;
      // What is the first one's becomes his: each level has a caller of its own.
      for (const [position, member] of [
        ['owned', { ownerId: userId }],
        ['represented', { salesRepresentativeIds: [userId] }],
      ] as const) {
        await product.admin.patch(`/admin/api/customers/${ids['customer']?.[position]}`, member);
        await product.admin.patch(`/admin/api/customer-users/${ids['customer_user']?.[position]}`, member);
      }
    });

    const positionsAmong = (entity: string, some: readonly number[]) =>
      POSITIONS.filter((position) => some.includes(ids[entity]?.[position] ?? 0));

    it('reads what stands below a customer or a customer user as far as that one', async () => {
      for (const [entity, path, nested] of [
        ['customer', 'customers', ['addresses', 'tree', 'orders', 'quotes', 'quote-requests', 'shopping-lists']],
        ['customer_user', 'customer-users', ['addresses', 'permissions', 'orders', 'quotes', 'quote-requests', 'shopping-lists']],
      ] as const)
        for (const below of nested) {
          const open = [];
          for (const position of POSITIONS) {
            const id = ids[entity]?.[position];
            const { status } = await caller.get(`/admin/api/${path}/${id ?? 0}/${below}`);
            if (id !== undefined && status === 200) open.push(position);
            else expect([below, position, status]).toEqual([below, position, level === 'none' ? 403 : 404]);
          }
          const expected = reached(OWN[entity] ?? []).filter((position) => ids[entity]?.[position] !== undefined);
          expect([path, below, open]).toEqual([path, below, expected]);
        }
    });

    it('acts on many by a filter as far as on each of them', async () => {
      const { body } = await caller.post<{ items?: { id: number }[] }>('/admin/api/customer-users/bulk', { action: 'enable', filter: {} });

      const acted = positionsAmong(
        'customer_user',
        (body.items ?? []).map(({ id }) => id),
      );
      expect(acted).toEqual(reached(OWN['customer_user'] ?? []));
    });

    it('exports what he may see', async () => {
      const started = await caller.post<{ id: number }>('/admin/api/exports', { entity: 'customer-users' });
      if (level === 'none') return expect(started.status).toBe(403);
      const url = `/admin/api/exports/${started.body.id}`;
      await eventually(async () => (await caller.get<{ status: string }>(url)).body.status === 'completed', 'the export is completed');
      const [, ...lines] = (await caller.get<string>(`${url}/file`)).body.trim().split(/\r?\n/);

      const exported = positionsAmong(
        'customer_user',
        lines.map((line) => Number(line.split(',')[0])),
      );
      return expect(exported).toEqual(reached(OWN['customer_user'] ?? []));
    });
  });
});
