import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { OrganizationChoice, Organizations } from '../organizations/index.js';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, type MemberFault, memberOf } from '../platform/errors/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { Checked } from '../platform/http/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { CustomFieldValues } from './custom-field-values.js';
import { CustomField } from './custom-field.entity.js';
import type { CustomFieldChange, CustomFieldDraft, CustomFieldView } from './custom-fields.dto.js';
import { fixed, optionsRefused, optionsRequired, TooManyCustomFields } from './custom-fields.errors.js';
import { customFieldListing } from './custom-fields.listing.js';
import { CustomFieldPermission } from './custom-fields.permissions.js';
import { CustomFieldsRepository } from './custom-fields.repository.js';
import { MOST_FIELDS } from './member-rules.js';

const HISTORY: HistoryRules<CustomField> = { entity: 'custom_field', members: ['entity', 'name', 'type', 'required', 'options'] };

@Injectable()
export class CustomFields {
  constructor(
    private readonly work: UnitOfWork,
    private readonly fields: CustomFieldsRepository,
    private readonly values: CustomFieldValues,
    private readonly organizations: Organizations,
    private readonly choice: OrganizationChoice,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<CustomFieldView>> {
    const { rows, page } = await customFieldListing.page(this.fields.reached(), request);
    return { items: rows, page };
  }

  get(id: number): Promise<CustomFieldView> {
    return this.fields.get(id);
  }

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning. */
  create({ members, faults }: Checked<CustomFieldDraft>): Promise<CustomFieldView> {
    return this.work.run(async () => {
      const { organizationId: wanted, entity, name, type, required = false, options = null } = members;
      const known = [...faults, ...optionFaults({ type, options }, faults)];
      const organizationId = await this.choice.choose(CustomFieldPermission.create, wanted, known);
      if (known.length > 0) throw new InvalidInput(known);
      const now = this.clock.now();
      const draft = { organizationId, entity, name, type, required, options, createdAt: now, updatedAt: now };
      const field = Object.assign(new CustomField(), draft);
      await this.refuseTooMany(field);
      const saved = await this.fields.save(field);
      await this.history.created(HISTORY, saved);
      this.values.forget();
      return saved;
    });
  }

  /** The same for a change. */
  change(id: number, { members: { entity, type, name, required, options }, faults }: Checked<CustomFieldChange>): Promise<CustomFieldView> {
    return this.work.run(async () => {
      const before = await this.fields.getForChange(id, CustomFieldPermission.edit);
      const given = Object.entries({ name, required, options }).filter(([, value]) => value !== undefined);
      const after = Object.assign(new CustomField(), before, Object.fromEntries(given));
      const known = [
        ...faults,
        ...(entity === undefined || entity === before.entity ? [] : [fixed('entity')]),
        ...(type === undefined || type === before.type ? [] : [fixed('type')]),
        ...optionFaults(after, faults),
      ];
      if (known.length > 0) throw new InvalidInput(known);
      if (isDeepStrictEqual(after, before)) return before;
      const saved = await this.fields.save(Object.assign(after, { updatedAt: this.clock.now() }));
      await this.history.changed(HISTORY, before, saved);
      this.values.forget();
      return saved;
    });
  }

  /** Its values are gone for every reader at once; a record drops what it keeps of them when its custom fields are next written. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const field = await this.fields.getForChange(id, CustomFieldPermission.delete);
      await this.fields.remove(id);
      await this.history.deleted(HISTORY, field);
      this.values.forget();
    });
  }

  private async refuseTooMany({ entity, organizationId }: CustomField): Promise<void> {
    await this.organizations.lock(organizationId);
    if ((await this.fields.count(entity, organizationId)) >= MOST_FIELDS) throw new TooManyCustomFields(MOST_FIELDS);
  }
}

/** Whether a field has options is a matter of its type; nothing is said of members whose form is wrong. */
function optionFaults({ type, options }: Pick<CustomField, 'type' | 'options'>, known: readonly MemberFault[]): MemberFault[] {
  if (known.map(memberOf).some((member) => member === 'type' || member === 'options')) return [];
  if (type === 'select') return options === null ? [optionsRequired] : [];
  return options === null ? [] : [optionsRefused];
}
