import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Contributions } from '../platform/contributions/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, type MemberFault, NotFound } from '../platform/errors/index.js';
import { History } from '../platform/history/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { type Setting, SETTINGS } from './setting-catalog.js';
import { SettingGuard } from './setting-guard.js';
import { type SettingPlace, SettingPlaces } from './setting-places.js';
import { SettingValuesRepository } from './setting-values.repository.js';
import { type HeldSetting, type SettingHolder, Settings } from './settings.js';
import type { SettingDraft, SettingsView, SettingView } from './settings.dto.js';

const holderOf = ({ scope, scopeId, organizationId }: SettingPlace): SettingHolder =>
  scope === 'website' ? { websiteId: scopeId } : { organizationId };

/** Shows settings, and sets them; a change holds at once in every process, since nobody keeps values. */
@Injectable()
export class SettingChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly settings: Settings,
    private readonly places: SettingPlaces,
    private readonly values: SettingValuesRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly contributions: Contributions,
    private readonly history: History,
  ) {}

  async list(holder: SettingHolder): Promise<SettingsView> {
    const held = await this.settings.held(SETTINGS, holderOf(await this.places.find(holder)));
    return { items: SETTINGS.flatMap((setting, index) => viewOf(setting, held[index])) };
  }

  set(key: string, { value, ...holder }: SettingDraft): Promise<SettingView> {
    const setting = settingOf(key);
    return this.work.run(async () => {
      const place = await this.places.findForChange(holder);
      refuseValue(setting, value, place);
      return this.change(setting, place, () => this.values.put(key, place, value));
    });
  }

  /** What is set nearest above holds again. */
  async reset(key: string, holder: SettingHolder): Promise<void> {
    const setting = settingOf(key);
    await this.work.run(async () => {
      const place = await this.places.findForChange(holder);
      const row = await this.values.find(key, place);
      if (row) await this.change(setting, place, () => this.values.remove(row.id), row.id);
    });
  }

  private async change(setting: Setting<unknown>, place: SettingPlace, write: () => Promise<void>, removed?: number): Promise<SettingView> {
    const guards = this.contributions.instancesOf(SettingGuard).filter((guard) => guard.setting.key === setting.key);
    const touched = guards.length > 0 ? await this.lockTouched(place) : [];
    const [before, valuesBefore] = [await this.held(setting, place), await this.valuesOf(setting, touched)];
    await write();
    const [after, valuesAfter] = [await this.held(setting, place), await this.valuesOf(setting, touched)];
    for (const [index, organizationId] of touched.entries())
      if (valuesAfter[index] !== valuesBefore[index]) for (const guard of guards) await guard.follow(valuesAfter[index], organizationId);
    if (!isDeepStrictEqual(before, after)) await this.record(setting, place, { before, after }, removed);
    return viewOf(setting, after);
  }

  /** The organizations in which another value may hold afterwards, locked in one order. */
  private async lockTouched({ organizationId }: SettingPlace): Promise<number[]> {
    const ids = organizationId === null ? await this.organizations.ids() : [organizationId];
    for (const id of ids) await this.organizations.lock(id);
    return ids;
  }

  private async valuesOf(setting: Setting<unknown>, organizationIds: readonly number[]): Promise<unknown[]> {
    const values: unknown[] = [];
    for (const organizationId of organizationIds) values.push(await this.settings.get(setting, { organizationId }));
    return values;
  }

  private async held(setting: Setting<unknown>, place: SettingPlace): Promise<HeldSetting> {
    const [held] = await this.settings.held([setting], holderOf(place));
    return held ?? { value: setting.default, scope: 'default' };
  }

  private async record(
    { key }: Setting<unknown>,
    place: SettingPlace,
    { before, after }: { before: HeldSetting; after: HeldSetting },
    removed?: number,
  ): Promise<void> {
    const id = removed ?? (await this.values.find(key, place))?.id ?? 0;
    await this.history.noted('setting', { id, organizationId: place.organizationId }, removed === undefined ? 'changed' : 'reset', {
      [key]: { old: before.value, new: after.value },
      scope: { old: before.scope, new: after.scope },
      ...(place.scope === 'website' && { websiteId: { old: place.scopeId, new: place.scopeId } }),
    });
  }
}

function settingOf(key: string): Setting<unknown> {
  const setting = SETTINGS.find((one) => one.key === key);
  if (!setting) throw new NotFound('setting');
  return setting;
}

function refuseValue(setting: Setting<unknown>, value: unknown, { scope }: SettingPlace): void {
  const faults: MemberFault[] = [];
  const fault = setting.faultOf(value);
  if (fault) faults.push({ pointer: '/value', code: fault.code, detail: `${setting.key} must be ${fault.rule}.` });
  if (!setting.scopes.includes(scope)) {
    const detail = `${setting.key} cannot be set for one ${scope}, only for: ${setting.scopes.join(', ')}.`;
    faults.push({ pointer: `/${scope}Id`, code: 'settings.scope_not_offered', detail });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
}

const viewOf = ({ key, default: byDefault, type, description }: Setting<unknown>, held?: HeldSetting): SettingView => ({
  key,
  value: held ? held.value : byDefault,
  default: byDefault,
  type,
  scope: held?.scope ?? 'default',
  description,
});
