import { CustomersRepository } from '../../src/customers/customers.repository.js';
import { CustomerPath } from '../../src/customers/customer-path.entity.js';
import { Customer } from '../../src/customers/customer.entity.js';
import { CustomerBranches } from '../../src/customers/customer-branches.js';
import { CurrentContext, Rights } from '../../src/platform/context/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customers';

/** The same numbers on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const A_MANAGER = {
  ...({ side: 'backend', type: 'user', id: 1, name: 'A manager', organizationId: 1, globalAccess: false } as const),
  rights: new Rights([{ permissions: { customer: { view: 'organization' } }, capabilities: {} }]),
};

type Node = { id: number; name: string; parentId: number | null; depth: number; children: Node[] };

describe('The tree of customers', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const move = (id: number, parentId: number | null) => admin.patch(`${PATH}/${id}`, { parentId });
  const parents = async () => new Map((await product.work.repository(Customer).find()).map(({ id, parentId }) => [id, parentId]));

  /** Who is below whom as a walk from each customer to the top finds it. */
  function walked(parentOf: ReadonlyMap<number, number | null>): string[] {
    return [...parentOf.keys()].flatMap((id) => {
      const paths: string[] = [];
      let depth = 0;
      for (let above: number | null = id; above !== null; above = parentOf.get(above) ?? null) paths.push(`${above} ${id} ${depth++}`);
      return paths;
    });
  }

  const kept = async () =>
    (await product.work.repository(CustomerPath).find()).map(
      ({ ancestorId, descendantId, depth }) => `${ancestorId} ${descendantId} ${depth}`,
    );

  const expectTruth = async () => expect((await kept()).sort()).toEqual(walked(await parents()).sort());

  it('is the same as the parents say after any creating, moving and deleting', async () => {
    const random = numbers(7);
    const ids: number[] = [];
    const any = () => ids[random(ids.length)] ?? 0;
    const statuses = new Set<number>();
    for (let act = 0; act < 150; act++) {
      const choice = random(10);
      if (ids.length < 5 || choice < 4) ids.push((await aCustomer(admin, { parentId: ids.length > 0 && choice > 0 ? any() : null })).id);
      else if (choice < 9) statuses.add((await move(any(), random(6) === 0 ? null : any())).status);
      else {
        const gone = any();
        const { status } = await admin.delete(`${PATH}/${gone}`);
        if (status === 204) ids.splice(ids.indexOf(gone), 1);
        statuses.add(status);
      }
    }

    await expectTruth();
    expect([...statuses].sort()).toEqual([200, 204, 400, 409]);
  });

  it('stays true when branches move, grow and shrink at once, and never bites its tail', async () => {
    const random = numbers(11);
    const ids: number[] = [];
    for (let n = 0; n < 12; n++) ids.push((await aCustomer(admin, { parentId: n === 0 ? null : (ids[random(n)] ?? null) })).id);
    const any = () => ids[random(ids.length)] ?? 0;

    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        n % 4 === 3
          ? admin.post(PATH, { name: 'New', parentId: any() })
          : n % 4 === 2
            ? admin.delete(`${PATH}/${any()}`)
            : move(any(), any()),
      ),
    );

    expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 204, 400, 404, 409].includes(status))).toEqual([]);
    await expectTruth();
  });

  describe('is read', () => {
    const tree = (id: number, query = '', caller = admin) => caller.get<Node>(`${PATH}/${id}/tree${query}`);
    const shape = ({ name, children }: Node): unknown => (children.length === 0 ? name : [name, ...children.map(shape)]);
    let top: number;
    let left: number;

    beforeAll(async () => {
      top = (await aCustomer(admin, { name: 'Top' })).id;
      left = (await aCustomer(admin, { name: 'Left', parentId: top })).id;
      await aCustomer(admin, { name: 'Beta', parentId: left });
      await aCustomer(admin, { name: 'Alpha', parentId: left });
      await aCustomer(admin, { name: 'Right', parentId: top });
    });

    const list = async (query: string) => (await admin.get<Listed<CustomerBody>>(`${PATH}?${query}`)).body;

    /** Customers, each below the one before. */
    async function aChain(length: number): Promise<number[]> {
      const ids: number[] = [];
      for (let n = 0; n < length; n++) ids.push((await aCustomer(admin, { parentId: ids.at(-1) ?? null })).id);
      return ids;
    }

    async function manyBelow(parentId: number, count: number): Promise<void> {
      const now = new Date();
      const none = { groupId: null, ownerId: null, internalRating: null, externalId: null };
      const row = { organizationId: 1, name: 'One of many', parentId, ...none, createdAt: now, updatedAt: now };
      const insert = (rows: object[], entity: typeof Customer | typeof CustomerPath) =>
        product.work.manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute();
      for (let n = 0; n < count; n += 500) await insert(Array(500).fill(row) as object[], Customer);
      const ids = (await product.work.repository(Customer).findBy({ parentId })).map(({ id }) => id);
      const paths = ids.flatMap((id) => [
        { ancestorId: parentId, descendantId: id, depth: 1 },
        { ancestorId: id, descendantId: id, depth: 0 },
      ]);
      for (let n = 0; n < paths.length; n += 500) await insert(paths.slice(n, n + 500), CustomerPath);
    }

    /** The tables in the order in which the database goes through them, each with the index that it takes. */
    async function plan(sql: string, parameters: unknown[]): Promise<string[][]> {
      const { manager } = product.work;
      if (product.configuration.database.kind === 'sqlite') {
        const steps = await manager.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
        return steps.flatMap(({ detail }) => {
          const [, table = '', index = detail] = /^S\w+ (\w+)(?: USING (?:COVERING )?(?:INDEX )?(.+?) \()?/.exec(detail) ?? [];
          return table === '' ? [] : [[table, /INTEGER PRIMARY KEY|autoindex/.test(index) ? 'PRIMARY' : index]];
        });
      }
      const steps = await manager.query<{ table: string; key: string; type: string }[]>(`EXPLAIN ${sql}`, parameters);
      expect(steps.map(({ type }) => type)).not.toContain('ALL');
      return steps.map(({ table, key }) => [table, key]);
    }

    it('from a customer down, each level by name', async () => {
      const { status, body } = await tree(top);

      expect(status).toBe(200);
      expect(shape(body)).toEqual(['Top', ['Left', 'Alpha', 'Beta'], 'Right']);
      expect(body).toMatchObject({ id: top, parentId: null, depth: 0, children: [{ id: left, parentId: top, depth: 1 }, { depth: 1 }] });
      expect((await tree(left)).body).toMatchObject({ id: left, parentId: top, depth: 0 });
    });

    it('as deep as it is asked for', async () => {
      expect(shape((await tree(top, '?depth=1')).body)).toEqual(['Top', 'Left', 'Right']);
      expect(shape((await tree(top, '?depth=0')).body)).toBe('Top');
      for (const wrong of ['depth=-1', 'depth=1.5', 'depth=x', 'depth=', 'depth=1001', 'deep=1', 'depth=1&depth=2'])
        expect((await tree(top, `?${wrong}`)).status).toBe(400);
    });

    it('as lists of customers and of their users, below and including one at the top', async () => {
      const person = await aCustomerUser(admin, { customerId: left });
      const names = async (query: string) =>
        (await admin.get<Listed<{ name: string }>>(`${PATH}?${query}`)).body.items.map(({ name }) => name);

      expect(await names(`filter[ancestorId]=${top}&sort=name`)).toEqual(['Alpha', 'Beta', 'Left', 'Right', 'Top']);
      expect(await names(`filter[ancestorId]=${left}&filter[name]=Beta`)).toEqual(['Beta']);
      const people = await admin.get<Listed<{ id: number }>>(`/admin/api/customer-users?filter[ancestorId]=${top}`);
      expect(people.body.items.map(({ id }) => id)).toEqual([person.id]);
    });

    it('without those that the caller may not see: what is below them hangs from the nearest that he may', async () => {
      const representative = await aConsoleCaller(product, { rights: { 'customer:view': 'own' } });
      const mine = { ownerId: representative.userId };
      const upper = (await aCustomer(admin, { name: 'Mine', ...mine })).id;
      const hidden = (await aCustomer(admin, { name: 'Hidden', parentId: upper })).id;
      const lower = (await aCustomer(admin, { name: 'Hidden too', parentId: hidden })).id;
      await aCustomer(admin, { name: 'Mine below', parentId: lower, ...mine });

      expect(shape((await tree(upper, '', representative)).body)).toEqual(['Mine', 'Mine below']);
      expect((await tree(hidden, '', representative)).status).toBe(404);
    });

    it('by nobody of another organization', async () => {
      const { id: organizationId } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId });

      expect((await tree(top, '', stranger)).status).toBe(404);
      expect((await stranger.get<Listed>(`${PATH}?filter[ancestorId]=${top}`)).body.items).toEqual([]);
    });

    it('however deep in one query that begins at the customer in an index', async () => {
      const chain = await aChain(250);
      const [first = 0, last = 0] = [chain[0], chain.at(-1)];

      let node: Node | undefined = (await tree(first)).body;
      for (const id of chain) {
        expect(node?.id).toBe(id);
        node = node?.children[0];
      }
      expect((await list(`filter[ancestorId]=${first}&total=true&limit=1`)).page.total).toBe(250);
      expect((await move(first, last)).body.errors?.[0]?.code).toBe('customers.parent_cycle');

      const [sql, parameters] = product
        .inside(CurrentContext)
        .runAs(A_MANAGER, 'test', () => product.inside(CustomerBranches).query(first).getQueryAndParameters());
      expect(await plan(sql, parameters)).toEqual([
        ['path', expect.stringMatching(/^(PRIMARY|ix_customer_paths_depth)$/)],
        ['customer', 'PRIMARY'],
      ]);
      await expectTruth();
    });

    it('no further than one answer holds', async () => {
      const wide = (await aCustomer(admin, { name: 'Wide' })).id;
      await manyBelow(wide, 5_000);

      const { status, body } = await tree(wide);

      expect([status, body]).toMatchObject([400, { code: 'customers.tree_too_large' }]);
      expect((await tree(wide, '?depth=0')).status).toBe(200);
      expect((await list(`filter[ancestorId]=${wide}&limit=1&total=true`)).page.total).toBe(5_001);
    });

    it('as lists in any order, each of which an index of its own has', async () => {
      if (product.configuration.database.kind === 'sqlite') return;
      await product.work.manager.query('ANALYZE TABLE customers');
      for (const key of ['name', 'parentId', 'groupId', 'ownerId', 'internalRating', 'externalId', 'createdAt', 'updatedAt'] as const) {
        const [sql, parameters] = product
          .inside(CurrentContext)
          .runAs(A_MANAGER, 'test', () =>
            product
              .inside(CustomersRepository)
              .reached()
              .orderBy(`customer.${key}`)
              .addOrderBy('customer.id')
              .limit(26)
              .getQueryAndParameters(),
          );
        const [step] = await product.work.manager.query<{ key: string; Extra: string }[]>(`EXPLAIN ${sql}`, parameters);
        expect([key, step?.Extra]).toEqual([key, expect.not.stringContaining('filesort')]);
      }
    });
  });
});
