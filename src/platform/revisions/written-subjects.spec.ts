import type { WatchedTable } from './watched-tables.js';
import { WrittenSubjects } from './written-subjects.js';

const table = (name: string, more: Partial<WatchedTable>): WatchedTable => ({
  name,
  by: new Map(),
  apartFrom: new Set(),
  added: false,
  ...more,
});

const written = new WrittenSubjects([
  table('users', { by: new Map([['id', 'user']]), apartFrom: new Set(['login_count', 'version']) }),
  table('user_roles', { all: 'user-role', apartFrom: new Set(['label']) }),
  table('user_role_assignments', { by: new Map([['user_id', 'user']]), added: true }),
  table('sessions', {
    by: new Map([
      ['id', 'session'],
      ['user_id', 'user'],
    ]),
  }),
]);

const EVERYTHING = ['*'];

describe('What a statement writes', () => {
  it.each<[string, string, unknown[], string[]]>([
    ['a row by its id', 'UPDATE `users` SET `enabled` = ?, `version` = version + 1 WHERE `id` = ?', [0, 7], ['user:7']],
    ['a row in parentheses', 'UPDATE "users" SET "enabled" = ? WHERE ("id" = ? AND "enabled" = ?)', [0, 7, 1], ['user:7']],
    ['rows by their ids', 'DELETE FROM "users" WHERE "id" IN (?, ?)', [7, '8'], ['user:7', 'user:8']],
    ['rows by a list in parentheses', 'DELETE FROM "users" WHERE ("email" = ? AND ("id" IN (?, ?)))', ['x', 7, 8], ['user:7', 'user:8']],
    ['a row by a number', 'UPDATE users SET enabled = 0 WHERE users.id = 12', [], ['user:12']],
    [
      'with a subselect before the condition',
      'UPDATE users SET x = (SELECT MIN(a.b) FROM c a WHERE a.id = ? AND a.d = users.id) WHERE id IN (?, ?)',
      [1, 2, 3],
      ['user:2', 'user:3'],
    ],
    ['by the most telling column that it names', 'DELETE FROM `sessions` WHERE (`user_id` = ? AND `id` = ?)', [7, 3], ['session:3']],
    ['by another column', 'DELETE FROM `sessions` WHERE `user_id` = ?', [7], ['user:7']],
    [
      'new rows that count',
      'INSERT INTO "user_role_assignments"("user_id", "role_id") VALUES (?, ?), (?, ?)',
      [7, 1, 8, 2],
      ['user:7', 'user:8'],
    ],
    ['rows by a list in one parameter', 'DELETE FROM `users` WHERE `email` = ? AND `id` IN (?)', ['a', [7, 8]], ['user:7', 'user:8']],
    ['new rows on MySQL', 'INSERT IGNORE INTO `user_role_assignments`(`role_id`, `user_id`) VALUES (?, ?)', [1, 7], ['user:7']],
    ['rows of which all count', 'UPDATE `user_roles` SET `label` = ?, `matrix` = ? WHERE `id` = ?', ['a', '{}', 1], ['user-role']],
    ['rows of which all count, without saying which', 'DELETE FROM `user_roles`', [], ['user-role']],
  ])('is told of %s', (_case, sql, parameters, subjects) => {
    expect(written.of(sql, parameters)).toEqual(subjects);
  });

  it.each<[string, string, unknown[]]>([
    ['is read only', 'SELECT * FROM "users" WHERE "id" = ? FOR UPDATE', [7]],
    ['is read only, in a limited time', 'SET STATEMENT max_statement_time=5 FOR SELECT * FROM `users`', []],
    ['is read with a common table expression', 'WITH a AS (SELECT 1) SELECT * FROM users', []],
    ['is a column that nothing depends on', 'UPDATE `users` SET `login_count` = login_count + 1, `version` = version WHERE `id` = ?', [7]],
    ['is such a column, wherever', 'UPDATE `user_roles` SET `label` = ?', ['a']],
    ['is a new row that nothing can depend on', 'INSERT INTO "users"("id", "email") VALUES (NULL, ?)', ['a']],
    ['is no row at all', 'DELETE FROM "users" WHERE 0=1', []],
    ['is another table', 'UPDATE "customer_users" SET "owner_id" = ? WHERE "id" = ?', [1, 7]],
    ['is another table, after a look at this one', 'DELETE FROM notes WHERE user_id IN (SELECT id FROM users WHERE enabled = 0)', []],
    ['is another table, filled from this one', 'INSERT INTO words (word) SELECT email FROM users', []],
    ['begins', 'START TRANSACTION', []],
  ])('is nothing where it %s', (_case, sql, parameters) => {
    expect(written.of(sql, parameters)).toEqual([]);
  });

  it.each<[string, string, unknown[]]>([
    ['has no condition', 'UPDATE "users" SET "enabled" = ?', [0]],
    ['deletes without a condition', 'DELETE FROM users', []],
    ['has a condition on something else', 'UPDATE users SET enabled = 0 WHERE organization_id = ?', [1]],
    ['has alternatives', 'DELETE FROM "users" WHERE ("id" = ? AND "email" = ?) OR ("id" = ? AND "email" = ?)', [1, 'a', 2, 'b']],
    ['compares otherwise', 'DELETE FROM "users" WHERE "id" > ?', [7]],
    ['chooses its rows itself', 'UPDATE users SET enabled = 0 WHERE id IN (SELECT user_id FROM leavers)', []],
    ['has a literal, in which anything may stand', "UPDATE users SET first_name = 'a WHERE id = ?' WHERE id = ?", [1, 2]],
    [
      'writes a row that may be there',
      'INSERT INTO "users"("email") VALUES (?) ON CONFLICT ("email") DO UPDATE SET "enabled" = ?',
      ['a', 1],
    ],
    ['has a comment, in which anything may stand', 'UPDATE users SET enabled = 0 /* WHERE id = ? */ WHERE id = ?', [1]],
    ['gives a row to another', 'UPDATE user_role_assignments SET user_id = ? WHERE user_id = ?', [1, 2]],
    [
      'has its rows in one parameter, and says nothing else of them',
      'INSERT INTO user_role_assignments (user_id, role_id) VALUES ?',
      [[[7, 1]]],
    ],
    ['copies rows', 'INSERT INTO user_role_assignments (user_id, role_id) SELECT id, 1 FROM users', []],
    ['writes several tables', 'UPDATE users u JOIN user_role_assignments a ON a.user_id = u.id SET u.enabled = 0 WHERE u.id = ?', [7]],
    ['deletes from several tables', 'DELETE u FROM users u JOIN leavers l ON l.id = u.id WHERE u.id = ?', [7]],
    ['replaces rows', 'REPLACE INTO users (id, email) VALUES (?, ?)', [7, 'a']],
    ['empties the table', 'TRUNCATE TABLE `users`', []],
    ['writes after a common table expression', 'WITH a AS (SELECT 1) UPDATE users SET enabled = 0 WHERE id = ?', [7]],
    ['has fewer parameters than places', 'UPDATE users SET enabled = ? WHERE id = ?', [0]],
  ])('is everything where it %s', (_case, sql, parameters) => {
    expect(written.of(sql, parameters)).toEqual(EVERYTHING);
  });

  it('is nothing that anybody could have read where rows are added to what the same transaction has made', () => {
    const isNew = (table: string, id: unknown) => table === 'users' && id === 7;

    const given = 'INSERT INTO user_role_assignments (user_id, role_id) VALUES (?, ?), (?, ?)';
    expect(written.of(given, [7, 1, 8, 2], isNew)).toEqual(['user:8']);
    expect(written.of('DELETE FROM user_role_assignments WHERE user_id = ?', [7], isNew)).toEqual(['user:7']);
  });

  it('is read in no time, however many rows it has', () => {
    const rows = Array.from({ length: 4_000 }, (_, id) => id);
    const sql = `INSERT INTO user_role_assignments (user_id, role_id) VALUES ${rows.map(() => '(?, ?)').join(', ')}`;
    const begin = performance.now();

    const subjects = written.of(
      sql,
      rows.flatMap((id) => [id, 1]),
    );

    expect([subjects.length, subjects.at(-1)]).toEqual([4_000, 'user:3999']);
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
