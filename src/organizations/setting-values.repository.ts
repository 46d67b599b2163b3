import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import type { SettingPlace } from './setting-places.js';
import { SettingValue } from './setting.entity.js';

@Injectable()
export class SettingValuesRepository {
  constructor(private readonly work: UnitOfWork) {}

  find(key: string, { scope, scopeId }: SettingPlace): Promise<SettingValue | null> {
    return this.work.repository(SettingValue).findOneBy({ key, scope, scopeId });
  }

  /** Two who set the same value for the first time at once do not collide: the later one wins. */
  async put(key: string, { scope, scopeId }: SettingPlace, value: unknown): Promise<void> {
    await this.work
      .repository(SettingValue)
      .createQueryBuilder()
      .insert()
      // TypeORM's type for partial rows does not see through `unknown`.
      .values({ key, scope, scopeId, value: { value } as object })
      .orUpdate(['value'], ['key', 'scope', 'scope_id'])
      .updateEntity(false)
      .execute();
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(SettingValue).delete({ id });
  }
}
