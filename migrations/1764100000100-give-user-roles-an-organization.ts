import { type MigrationInterface, type QueryRunner, TableColumn, TableForeignKey, TableIndex } from 'typeorm';
import { columnFor, flag, nullable, type PortableColumn, reference, text } from '../src/platform/database/schema.js';

const LABEL = 'uq_user_roles_label';
const ORGANIZATION = 'fk_user_roles_organization';

const view = (entities: string[], level: string) => Object.fromEntries(entities.map((entity) => [entity, { view: level }]));
const none = { create: 'none', edit: 'none', delete: 'none', assign: 'none' };
const readOnly = (entities: string[], level: string) =>
  Object.fromEntries(Object.entries(view(entities, level)).map(([entity, actions]) => [entity, { ...actions, ...none }]));

/** As the product gives them to a fresh installation at this version. */
const PREDEFINED = [
  {
    label: 'Sales manager',
    root: 'organization',
    matrix: {
      permissions: readOnly(
        [
          ...['organization', 'website', 'localization', 'setting', 'user', 'user_role', 'consent', 'custom_field'],
          ...['oauth_application', 'email_template', 'notification_rule'],
        ],
        'organization',
      ),
      capabilities: {},
    },
  },
  {
    label: 'Sales representative',
    root: 'own',
    matrix: {
      permissions: {
        ...view(['customer_user_role', 'customer_group', 'custom_field', 'website', 'localization', 'consent'], 'organization'),
        ...readOnly(['user'], 'own'),
      },
      capabilities: { import: false },
    },
  },
];

interface Row {
  id: number;
  label: string;
  everything: number;
  root: string;
  organization_key: number;
}

/** Roles of console users belonged to the whole installation; now an organization has its own, which others do not see. */
export class GiveUserRolesAnOrganization1764100000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('user_roles', column(runner, nullable(reference('organization_id'))));
    await addFilled(runner, reference('organization_key'), 'organization_key = 0');
    await addFilled(runner, text('root', 20), "root = CASE WHEN everything THEN 'global' ELSE 'none' END");
    await runner.dropColumn('user_roles', 'everything');
    await runner.dropIndex('user_roles', LABEL);
    await runner.createIndex('user_roles', new TableIndex({ name: LABEL, columnNames: ['organization_key', 'label'], isUnique: true }));
    await runner.createIndex('user_roles', new TableIndex({ name: 'ix_user_roles_organization', columnNames: ['organization_id'] }));
    await runner.createForeignKey(
      'user_roles',
      new TableForeignKey({
        name: ORGANIZATION,
        columnNames: ['organization_id'],
        referencedTableName: 'organizations',
        referencedColumnNames: ['id'],
        onDelete: 'RESTRICT',
        onUpdate: 'NO ACTION',
      }),
    );
    await addPredefined(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const rows = (await runner.query('SELECT id, label, root, organization_key FROM user_roles')) as Row[];
    for (const { id, label } of rows.filter((row) => Number(row.organization_key) !== 0))
      await runner.query('UPDATE user_roles SET label = ? WHERE id = ?', [`${label.slice(0, 230)} (${id})`, id]);
    // SQLite alters a table by making it anew, and lets nothing refer to the one that goes.
    const assignments = (await runner.query('SELECT user_id, role_id FROM user_role_assignments')) as {
      user_id: number;
      role_id: number;
    }[];
    await runner.query('DELETE FROM user_role_assignments');
    await runner.dropForeignKey('user_roles', ORGANIZATION);
    await runner.dropIndex('user_roles', 'ix_user_roles_organization');
    await runner.dropIndex('user_roles', LABEL);
    await runner.createIndex('user_roles', new TableIndex({ name: LABEL, columnNames: ['label'], isUnique: true }));
    await addFilled(runner, flag('everything'), "everything = CASE WHEN root = 'global' THEN 1 ELSE 0 END");
    for (const name of ['root', 'organization_key', 'organization_id']) await runner.dropColumn('user_roles', name);
    for (const { user_id: userId, role_id: roleId } of assignments)
      await runner.query('INSERT INTO user_role_assignments (user_id, role_id) VALUES (?, ?)', [userId, roleId]);
  }
}

const column = (runner: QueryRunner, portable: PortableColumn) => new TableColumn(columnFor(runner, portable));

/** A column without a default, filled for the rows that are there. */
async function addFilled(runner: QueryRunner, portable: PortableColumn, value: string): Promise<void> {
  await runner.addColumn('user_roles', column(runner, nullable(portable)));
  await runner.query(`UPDATE user_roles SET ${value}`);
  await runner.changeColumn('user_roles', portable.name, column(runner, portable));
}

/** To an installation that has begun; a fresh one makes them with its first admin. */
async function addPredefined(runner: QueryRunner): Promise<void> {
  const rows = (await runner.query('SELECT id, label FROM user_roles')) as Row[];
  const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
  for (const { label, root, matrix } of rows.length === 0 ? [] : PREDEFINED) {
    if (rows.some((row) => row.label === label)) continue;
    await runner.query(
      'INSERT INTO user_roles (label, organization_key, root, matrix, created_at, updated_at, version) VALUES (?, 0, ?, ?, ?, ?, 1)',
      [label, root, JSON.stringify(matrix), now, now],
    );
  }
}
