import type { MigrationInterface, QueryRunner } from 'typeorm';

const DOCUMENTS = ['order', 'quote', 'quote_request', 'shopping_list'];

interface Matrix {
  permissions: Record<string, Record<string, string>>;
  capabilities: Record<string, boolean>;
}

/** The predefined Buyer is closed to entities that he does not name: in organizations that are there already he gets to see his own documents. */
export class ShowBuyersTheirDocuments1764100000710 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What somebody has decided about documents meanwhile, stands.
    await changeBuyers(runner, (permissions) => ({
      ...Object.fromEntries(DOCUMENTS.map((entity) => [entity, { view: 'own' }])),
      ...permissions,
    }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await changeBuyers(runner, (permissions) =>
      Object.fromEntries(Object.entries(permissions).filter(([entity]) => !DOCUMENTS.includes(entity))),
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
