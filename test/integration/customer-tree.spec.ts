import { CustomerPath } from '../../src/customers/customer-path.entity.js';
import { Customer } from '../../src/customers/customer.entity.js';
import { aCustomer } from '../factories/customers.js';
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
});
