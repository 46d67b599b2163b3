import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import type { Setting } from './setting-catalog.js';
import { type SettingScope, SettingValue } from './setting.entity.js';
import { Website } from './website.entity.js';

/** Whose settings are asked for. A website's are followed by those of its organization, then by the system's. */
export interface SettingHolder {
  organizationId?: number | null;
  websiteId?: number | null;
}

@Injectable()
export class Settings {
  constructor(private readonly work: UnitOfWork) {}

  /** The value that holds for the website or organization: the nearest that is set, else the default. */
  async get<T>(setting: Setting<T>, holder: SettingHolder = {}): Promise<T> {
    const [value] = await this.getAll([setting], holder);
    return value as T;
  }

  /** Several values in one read, in the order asked for. */
  async getAll<T extends readonly Setting<unknown>[]>(
    wanted: T,
    { organizationId, websiteId }: SettingHolder,
  ): Promise<{ [I in keyof T]: T[I] extends Setting<infer V> ? V : never }> {
    const owner = websiteId ? await this.work.repository(Website).findOneBy({ id: websiteId }) : null;
    const scopes: { scope: SettingScope; scopeId: number }[] = [
      ...(websiteId ? [{ scope: 'website' as const, scopeId: websiteId }] : []),
      { scope: 'organization', scopeId: owner?.organizationId ?? organizationId ?? 0 },
      { scope: 'system', scopeId: 0 },
    ];
    const key = In(wanted.map((setting) => setting.key));
    const rows = await this.work.repository(SettingValue).find({ where: scopes.map((scope) => ({ ...scope, key })) });
    const values = wanted.map((setting) => {
      const nearest = scopes
        .map(({ scope, scopeId }) => rows.find((row) => row.key === setting.key && row.scope === scope && row.scopeId === scopeId))
        .find((row) => row !== undefined);
      return nearest ? nearest.value.value : setting.default;
    });
    return values as { [I in keyof T]: T[I] extends Setting<infer V> ? V : never };
  }
}
