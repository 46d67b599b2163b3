import type { MigrationInterface, QueryRunner } from 'typeorm';

const ADDRESSES = ['customer_address', 'customer_user_address'];

interface Matrix {
  permissions: Record<string, Record<string, string>>;
  capabilities: Record<string, boolean>;
}

/** The predefined Buyer is closed to entities that he does not name: in organizations that are there already he gets to see addresses. */
export class ShowBuyersAddresses1764100000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What somebody has decided about addresses meanwhile, stands.
    await changeBuyers(runner, (permissions) => ({
      ...Object.fromEntries(ADDRESSES.map((entity) => [entity, { view: 'customer' }])),
      ...permissions,
    }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await changeBuyers(runner, (permissions) =>
      Object.fromEntries(Object.entries(permissions).filter(([entity]) => !ADDRESSES.includes(entity))),
    );
  }
}

async function changeBuyers(runner: QueryRunner, change: (permissions: Matrix['permissions']) => Matrix['permissions']): Promise<void> {
  const rows = (await runner.query(
    "SELECT id, matrix FROM customer_user_roles WHERE code = 'ROLE_FRONTEND_BUYER' AND customer_id IS NULL",
  )) as { id: number; matrix: string | Matrix }[];
  for (const { id, matrix: kept } of rows) {
    const matrix = typeof kept === 'string' ? (JSON.parse(kept) as Matrix) : kept;
    const changed = JSON.stringify({ ...matrix, permissions: change(matrix.permissions) });
    await runner.query('UPDATE customer_user_roles SET matrix = ? WHERE id = ?', [changed, id]);
  }
}
