import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { CustomField, type FieldEntity } from './custom-field.entity.js';
import { CustomFieldNameTaken } from './custom-fields.errors.js';
import { CustomFieldPermission } from './custom-fields.permissions.js';

@Injectable()
export class CustomFieldsRepository extends ReachedRows<CustomField> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: CustomField,
      alias: 'field',
      view: CustomFieldPermission.view,
      columns: { organization: 'field.organizationId' },
      noun: 'custom field',
    });
  }

  /** The fields of an entity in several organizations, by name; whoever acts. */
  of(entity: FieldEntity, organizationIds: readonly number[]): Promise<CustomField[]> {
    return this.work.repository(CustomField).find({ where: { organizationId: In(organizationIds), entity }, order: { name: 'ASC' } });
  }

  count(entity: FieldEntity, organizationId: number): Promise<number> {
    return this.work.repository(CustomField).countBy({ organizationId, entity });
  }

  save(field: CustomField): Promise<CustomField> {
    return refusingDuplicates(this.work.manager, { uq_custom_fields_name: () => new CustomFieldNameTaken() }, () =>
      this.work.repository(CustomField).save(field),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(CustomField).delete({ id });
  }
}
