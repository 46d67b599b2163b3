import type { MigrationInterface, QueryRunner } from 'typeorm';

const RECORDS = ['note', 'calendar_event', 'attachment'];

interface Matrix {
  permissions: Record<string, Record<string, string>>;
  capabilities: Record<string, boolean>;
}

/** The predefined sales representative is closed to what colleagues own: where he is there already he gets to see what they record about his people. */
export class ShowRepresentativesRecords1764100001970 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What somebody has decided about them meanwhile, stands.
    await changeRepresentatives(runner, (permissions) => ({
      ...Object.fromEntries(RECORDS.map((entity) => [entity, { view: 'organization' }])),
      ...permissions,
    }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await changeRepresentatives(runner, (permissions) =>
      Object.fromEntries(Object.entries(permissions).filter(([entity]) => !RECORDS.includes(entity))),
    );
  }
}

async function changeRepresentatives(
  runner: QueryRunner,
  change: (permissions: Matrix['permissions']) => Matrix['permissions'],
): Promise<void> {
  const rows = (await runner.query(
    "SELECT id, matrix FROM user_roles WHERE label = 'Sales representative' AND root = 'own' AND organization_id IS NULL",
  )) as { id: number; matrix: string | Matrix }[];
  for (const { id, matrix: kept } of rows) {
    const matrix = typeof kept === 'string' ? (JSON.parse(kept) as Matrix) : kept;
    const changed = JSON.stringify({ ...matrix, permissions: change(matrix.permissions) });
    await runner.query('UPDATE user_roles SET matrix = ? WHERE id = ?', [changed, id]);
  }
}
