/** A resource by its id and name, as others show it. */
export class NamedView {
  id: number;
  name: string;
}

export class OrganizationView {
  id: number;
  name: string;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export class LocalizationView {
  id: number;
  organizationId: number;
  name: string;
  /** BCP 47. */
  languageCode: string;
  parentId: number | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export class WebsiteView {
  id: number;
  organizationId: number;
  name: string;
  url: string;
  isDefault: boolean;
  localizationIds: number[];
  defaultLocalizationId: number;
  /** The customer user role that new customer users get when none is chosen. */
  defaultRoleId: number | null;
  guestRoleId: number | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
