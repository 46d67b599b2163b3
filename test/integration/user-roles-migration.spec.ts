import type { MigrationInterface } from 'typeorm';
import { GiveUserRolesAnOrganization1764100000100 } from '../../migrations/1764100000100-give-user-roles-an-organization.js';
import { ShowRepresentativesRecords1764100001970 } from '../../migrations/1764100001970-show-representatives-records.js';
import { migrations } from '../../migrations/index.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { PREDEFINED_ROLES } from '../../src/users/predefined-roles.js';
import { anEmptyDatabase } from '../support/database.js';

type Migration = new () => MigrationInterface;

const AT = '2026-01-01 00:00:00.000';

interface Role {
  label: string;
  root: string;
  organization_id: number | null;
  matrix: string | object;
}

const before: Migration[] = migrations.slice(0, (migrations as Migration[]).indexOf(GiveUserRolesAnOrganization1764100000100));

describe('An installation from before roles had an organization', () => {
  it('keeps its roles and who has them, for every organization, and gets the predefined ones; and can go back', async () => {
    const database = await anEmptyDatabase();
    const options = dataSourceOptions(database.settings);
    const old = await openDataSource({ ...options, migrations: before });
    await old.runMigrations();
    await old.query(`INSERT INTO organizations (id, name, enabled, created_at, updated_at, version) VALUES (1, 'Main', 1, ?, ?, 1)`, [
      AT,
      AT,
    ]);
    for (const [id, label, everything] of [
      [1, 'Administrator', 1],
      [2, 'Sales manager', 0],
    ])
      await old.query(
        `INSERT INTO user_roles (id, label, everything, matrix, created_at, updated_at, version) VALUES (?, ?, ?, '{"permissions":{},"capabilities":{}}', ?, ?, 1)`,
        [id, label, everything, AT, AT],
      );
    await old.query(
      `INSERT INTO users (id, organization_id, email, email_key, first_name, last_name, enabled, global_access, login_count, created_at, updated_at, version)
       VALUES (1, 1, 'a@b.example', 'a@b.example', 'A', 'B', 1, 1, 0, ?, ?, 1)`,
      [AT, AT],
    );
    await old.query('INSERT INTO user_role_assignments (user_id, role_id) VALUES (1, 1)');
    await old.destroy();

    const source = await openDataSource({
      ...options,
      migrations: [...before, GiveUserRolesAnOrganization1764100000100, ShowRepresentativesRecords1764100001970],
    });
    const assignments = () => source.query('SELECT user_id, role_id FROM user_role_assignments');
    const held = await assignments();
    await source.runMigrations();

    const roles: Role[] = await source.query('SELECT label, root, organization_id, matrix FROM user_roles ORDER BY id');
    expect(roles.map(({ label, root, organization_id: organization }) => [label, root, organization])).toEqual([
      ['Administrator', 'global', null],
      ['Sales manager', 'none', null],
      ['Sales representative', 'own', null],
    ]);
    const { matrix } = roles[2] as Role;
    expect(typeof matrix === 'string' ? JSON.parse(matrix) : matrix).toEqual(PREDEFINED_ROLES.salesRepresentative.matrix);
    expect(await assignments()).toEqual(held);

    await source.undoLastMigration();
    await source.undoLastMigration();
    const back: { label: string; everything: number }[] = await source.query('SELECT label, everything FROM user_roles ORDER BY id');
    expect(back.map(({ label, everything }) => [label, Boolean(everything)])).toEqual([
      ['Administrator', true],
      ['Sales manager', false],
      ['Sales representative', false],
    ]);
    expect(await assignments()).toEqual(held);
    await source.destroy();
    await database.drop();
  });
});
