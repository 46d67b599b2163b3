import { Injectable } from '@nestjs/common';
import { Contributions } from '../platform/contributions/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { LocalizationsRepository } from './localizations.repository.js';
import { RoleDirectory } from './role-directory.js';
import type { Website } from './website.entity.js';

/** A website with what it offers. */
export type WholeWebsite = Website & { localizationIds: number[] };

type NamedRoles = Partial<Pick<Website, 'defaultRoleId' | 'guestRoleId'>>;

/** Holds what a website refers to against what its organization has. */
@Injectable()
export class WebsiteReferences {
  constructor(
    private readonly localizations: LocalizationsRepository,
    private readonly contributions: Contributions,
  ) {}

  /** Throws `InvalidInput` with every fault. `before`: what is not new is not asked about again. */
  async refuse(after: WholeWebsite, before?: WholeWebsite): Promise<void> {
    const faults = [...(await this.localizationFaults(after)), ...(await this.roleFaults(after, before))];
    if (before?.isDefault && !after.isDefault)
      faults.push({
        pointer: '/isDefault',
        code: 'websites.default_required',
        detail: 'An organization needs a default website: make another one the default instead.',
      });
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  /** Refuses, of the roles that the caller names and that are not the website's already, those above his own rights. */
  async refuseAbove({ organizationId }: WholeWebsite, named: NamedRoles, before?: WholeWebsite): Promise<void> {
    const members = (['defaultRoleId', 'guestRoleId'] as const).filter((member) => named[member] !== before?.[member]);
    const ids = members.flatMap((member) => (named[member] == null ? [] : [[`/${member}`, named[member]] as const]));
    if (ids.length === 0) return;
    for (const directory of this.contributions.instancesOf(RoleDirectory)) await directory.refuseAbove(organizationId, new Map(ids));
  }

  private async localizationFaults({ organizationId, localizationIds, defaultLocalizationId }: WholeWebsite): Promise<MemberFault[]> {
    const known = await this.localizations.known(organizationId, [...localizationIds, defaultLocalizationId]);
    const faults = localizationIds.flatMap((id, index) => (known.has(id) ? [] : unknownLocalization(`/localizationIds/${index}`, id)));
    if (!known.has(defaultLocalizationId)) {
      if (!localizationIds.includes(defaultLocalizationId))
        faults.push(...unknownLocalization('/defaultLocalizationId', defaultLocalizationId));
    } else if (!localizationIds.includes(defaultLocalizationId))
      faults.push({
        pointer: '/defaultLocalizationId',
        code: 'websites.default_localization_not_offered',
        detail: 'The default localization has to be one of the localizations that the website offers.',
      });
    return faults;
  }

  private async roleFaults(after: WholeWebsite, before: WholeWebsite | undefined): Promise<MemberFault[]> {
    const members = (['defaultRoleId', 'guestRoleId'] as const).filter((member) => after[member] !== before?.[member]);
    const asked = members.flatMap((member) => after[member] ?? []);
    const known = new Set<number>();
    if (asked.length > 0)
      for (const directory of this.contributions.instancesOf(RoleDirectory))
        for (const id of await directory.known(after.organizationId, asked)) known.add(id);
    return members.flatMap((member) => {
      const id = after[member];
      if (id === null || known.has(id)) return [];
      const code = member === 'defaultRoleId' ? 'websites.default_role_unknown' : 'websites.guest_role_unknown';
      return { pointer: `/${member}`, code, detail: `There is no role ${id} that belongs to every customer.` };
    });
  }
}

const unknownLocalization = (pointer: string, id: number): MemberFault[] => [
  { pointer, code: 'websites.localization_unknown', detail: `There is no localization ${id}.` },
];
