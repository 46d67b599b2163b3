import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { Organization } from './organization.entity.js';
import type { Setting } from './setting-catalog.js';
import { type SettingScope, SettingValue } from './setting.entity.js';
import { Website } from './website.entity.js';

/** Whose settings are asked for. A website's are followed by those of its organization, then by the system's. */
export interface SettingHolder {
  organizationId?: number | null;
  websiteId?: number | null;
}

/** A value, and where it comes from. */
export interface HeldSetting<T = unknown> {
  value: T;
  scope: SettingScope | 'default';
}

@Injectable()
export class Settings {
  constructor(private readonly work: UnitOfWork) {}

  /** The value that holds for the website or organization: the nearest that is set, else the default. */
  async get<T>(setting: Setting<T>, holder: SettingHolder = {}): Promise<T> {
    const [value] = await this.getAll([setting], holder);
    return value as T;
  }

  /** What holds for the organization until the open unit of work ends: who changes what a {@link SettingGuard} watches waits for it. */
  async getSteady<T>(setting: Setting<T>, organizationId: number): Promise<T> {
    const lock = this.work.forUpdate && ({ mode: 'pessimistic_read' } as const);
    if (lock) await this.work.repository(Organization).findOne({ select: { id: true }, where: { id: organizationId }, lock });
    return this.get(setting, { organizationId });
  }

  /** What holds for each of the organizations, in one read. */
  async byOrganization<T>({ key, default: byDefault }: Setting<T>, organizationIds: readonly number[]): Promise<Map<number, T>> {
    const rows = await this.work.repository(SettingValue).findBy({ key, scope: In(['organization', 'system']) });
    const set = (scope: SettingScope, scopeId: number) => rows.find((row) => row.scope === scope && row.scopeId === scopeId);
    const valueOf = (id: number) => (set('organization', id) ?? set('system', 0))?.value.value ?? byDefault;
    return new Map(organizationIds.map((id) => [id, valueOf(id) as T]));
  }

  /** Several values in one read, in the order asked for. */
  async getAll<T extends readonly Setting<unknown>[]>(
    wanted: T,
    holder: SettingHolder,
  ): Promise<{ [I in keyof T]: T[I] extends Setting<infer V> ? V : never }> {
    const values = (await this.held(wanted, holder)).map(({ value }) => value);
    return values as { [I in keyof T]: T[I] extends Setting<infer V> ? V : never };
  }

  /** The same, with where each comes from. */
  async held(wanted: readonly Setting<unknown>[], { organizationId, websiteId }: SettingHolder): Promise<HeldSetting[]> {
    const owner = websiteId ? await this.work.repository(Website).findOneBy({ id: websiteId }) : null;
    const scopes: { scope: SettingScope; scopeId: number }[] = [
      ...(websiteId ? [{ scope: 'website' as const, scopeId: websiteId }] : []),
      { scope: 'organization', scopeId: owner?.organizationId ?? organizationId ?? 0 },
      { scope: 'system', scopeId: 0 },
    ];
    const key = In(wanted.map((setting) => setting.key));
    const rows = await this.work.repository(SettingValue).find({ where: scopes.map((scope) => ({ ...scope, key })) });
    return wanted.map((setting) => {
      const nearest = scopes
        .map(({ scope, scopeId }) => rows.find((row) => row.key === setting.key && row.scope === scope && row.scopeId === scopeId))
        .find((row) => row !== undefined);
      return nearest ? { value: nearest.value.value, scope: nearest.scope } : { value: setting.default, scope: 'default' };
    });
  }
}
