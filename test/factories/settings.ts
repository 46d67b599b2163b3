import { type Setting } from '../../src/organizations/index.js';
import { SettingValue } from '../../src/organizations/setting.entity.js';
import type { Product } from '../support/product.js';

/** Sets a value for an organization, or for the system. */
export async function setSetting<T>(product: Pick<Product, 'work'>, { key }: Setting<T>, value: T, organizationId?: number): Promise<void> {
  const place = { key, scope: organizationId === undefined ? 'system' : 'organization', scopeId: organizationId ?? 0 } as const;
  const settings = product.work.repository(SettingValue);
  await settings.delete(place);
  await settings.save({ ...place, value: { value } } as SettingValue);
}
