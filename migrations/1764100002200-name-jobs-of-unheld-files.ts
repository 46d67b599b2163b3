import type { MigrationInterface, QueryRunner } from 'typeorm';

const [OF_ATTACHMENTS, OF_ALL] = ['records.remove-unattached-file', 'files.remove-unheld-file'];

/** What attachments had alone, imports and exports have as well: jobs that wait for their day keep it under the new name. */
export class NameJobsOfUnheldFiles1764100002200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE jobs SET name = ? WHERE name = ?', [OF_ALL, OF_ATTACHMENTS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE jobs SET name = ? WHERE name = ?', [OF_ATTACHMENTS, OF_ALL]);
  }
}
