import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  createTable,
  flag,
  id,
  instant,
  json,
  keyReference,
  keyText,
  longText,
  nullable,
  reference,
  text,
  version,
} from '../src/platform/database/schema.js';

/** Calls, visits and meetings with customer users, and who is invited to them. */
export class CreateCalendarEvents1764100001955 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'calendar_events', {
      columns: [
        id(),
        reference('organization_id'),
        reference('customer_user_id'),
        nullable(reference('owner_id')),
        text('title', 255),
        nullable(longText('description')),
        instant('starts_at'),
        instant('ends_at'),
        text('time_zone', 64),
        flag('all_day'),
        json('reminder_minutes'),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_calendar_events_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_calendar_events_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'RESTRICT' },
        fk_calendar_events_owner: { column: 'owner_id', references: 'users', onDelete: 'SET NULL' },
      },
      indices: {
        ix_calendar_events_organization: ['organization_id', 'id'],
        ix_calendar_events_created_at: ['customer_user_id', 'created_at', 'id'],
        ix_calendar_events_updated_at: ['customer_user_id', 'updated_at', 'id'],
        ix_calendar_events_starts_at: ['customer_user_id', 'starts_at', 'id'],
        ix_calendar_events_owner: ['owner_id', 'id'],
      },
    });
    await createTable(runner, 'calendar_event_attendees', {
      columns: [
        keyReference('event_id'),
        keyText('email_lower', 255),
        text('email', 255),
        nullable(text('name', 511)),
        nullable(reference('user_id')),
        text('status', 10),
      ],
      foreignKeys: {
        fk_calendar_event_attendees_event: { column: 'event_id', references: 'calendar_events', onDelete: 'CASCADE' },
        fk_calendar_event_attendees_user: { column: 'user_id', references: 'users', onDelete: 'SET NULL' },
      },
      indices: {
        ix_calendar_event_attendees_email: ['email_lower', 'event_id'],
        ix_calendar_event_attendees_user: ['user_id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('calendar_event_attendees');
    await runner.dropTable('calendar_events');
  }
}
