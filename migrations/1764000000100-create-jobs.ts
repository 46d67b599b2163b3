import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, json, longText, nullable, text } from '../src/platform/database/schema.js';

/** Jobs are rows first, so that none is lost or doubled with a process or a queue. */
export class CreateJobs1764000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'jobs', {
      columns: [
        id(),
        text('name', 100),
        text('queue', 50),
        json('payload'),
        nullable(text('key', 190)),
        text('status', 10),
        integer('attempts'),
        integer('max_attempts'),
        instant('due_at'),
        instant('handed_at'),
        nullable(longText('last_error')),
        text('trace_id', 64),
        instant('created_at'),
        nullable(instant('finished_at')),
      ],
      unique: { uq_jobs_name_key: ['name', 'key'] },
      indices: {
        ix_jobs_status_queue_due_at: ['status', 'queue', 'due_at'],
        ix_jobs_status_handed_at: ['status', 'handed_at'],
        ix_jobs_status_finished_at: ['status', 'finished_at'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('jobs');
  }
}
