import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { HealthCheck } from '../health/index.js';

@Injectable()
export class DatabaseHealth extends HealthCheck {
  readonly name = 'database';

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async check(): Promise<undefined> {
    await this.work.manager.query('SELECT 1');
  }
}
