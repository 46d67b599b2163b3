import { Localizations, Organizations, Websites } from '../../src/organizations/index.js';
import { WebsiteLocalization } from '../../src/organizations/website.entity.js';
import { CustomerUserRole } from '../../src/roles/customer-user-role.entity.js';
import type { Product } from '../support/product.js';

let made = 0;

/** A second organization with all that a first start gives one. */
export async function anOrganization(product: Product): Promise<{ id: number; websiteId: number }> {
  const { id } = await product.inside(Organizations).found({ name: `Organization ${(made += 1)}` });
  const { id: websiteId } = await product.inside(Websites).getDefault(id);
  return { id, websiteId };
}

/** A website with a localization of its own, and no role to give. */
export async function aWebsite(product: Product, organizationId = 1, { isDefault = false, url = 'https://shop.example' } = {}) {
  made += 1;
  const { id: localizationId } = await aLocalization(product, organizationId);
  const offered = { localizationIds: [localizationId], defaultLocalizationId: localizationId };
  const draft = { organizationId, name: `Website ${made}`, url, isDefault, ...offered, defaultRoleId: null, guestRoleId: null };
  const { id } = await product.inside(Websites).add(draft);
  return { id, localizationId, url };
}

/** A localization, offered by a website when one is named. */
export async function aLocalization(product: Product, organizationId = 1, websiteId?: number): Promise<{ id: number }> {
  const draft = { name: `Localization ${(made += 1)}`, languageCode: 'de' };
  const { id } = await product.inside(Localizations).add(organizationId, draft);
  if (websiteId !== undefined) await product.work.repository(WebsiteLocalization).insert({ websiteId, localizationId: id });
  return { id };
}

/** A customer user role that belongs to one customer. */
export async function aCustomerRole(product: Product, customerId: number, organizationId = 1): Promise<number> {
  const label = `Role ${(made += 1)}`;
  const now = new Date();
  const role = {
    organizationId,
    customerId,
    customerKey: customerId,
    label,
    code: `ROLE_FRONTEND_${made}`,
    selfManaged: true,
    public: true,
  };
  const rest = { root: 'none', matrix: { permissions: {}, capabilities: {} }, createdAt: now, updatedAt: now };
  return (await product.work.repository(CustomerUserRole).save({ ...role, ...rest } as CustomerUserRole)).id;
}
