import { Injectable } from '@nestjs/common';
import { MINUTE } from '../clock/index.js';
import { UnitOfWork } from '../database/index.js';
import { Chore } from './housekeeping.js';

/** Empties the write-ahead log of SQLite, which holds what rows said before they were overwritten: also of people who were erased. */
@Injectable()
export class SqliteLog extends Chore {
  readonly name = "Emptying SQLite's log";
  override readonly every = MINUTE;

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async run(): Promise<void> {
    const { manager } = this.work;
    if (manager.connection.options.type === 'better-sqlite3') await manager.query('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
