import type { SelectQueryBuilder } from 'typeorm';
import { type Permission, ReachedRows } from '../../platform/authorization/index.js';
import type { CurrentContext } from '../../platform/context/index.js';
import type { UnitOfWork } from '../../platform/database/index.js';
import type { PersonRecord } from './person-record.js';
import type { RecordKind } from './record-kind.js';

/** The records of one kind about one customer user. */
export class RecordRows<Row extends PersonRecord> extends ReachedRows<Row> {
  constructor(
    work: UnitOfWork,
    context: CurrentContext,
    private readonly records: Pick<RecordKind<Row>, 'table' | 'entity' | 'noun' | 'permissions'>,
    private readonly customerUserId: number,
  ) {
    const { table, entity, noun, permissions } = records;
    const columns = { organization: `${entity}.organizationId`, owner: `${entity}.ownerId` };
    super(work, context, { entity: table, alias: entity, noun, view: permissions.view, columns });
  }

  override reached(permission: Permission = this.records.permissions.view): SelectQueryBuilder<Row> {
    const { customerUserId } = this;
    return super.reached(permission).andWhere(`${this.records.entity}.customerUserId = :customerUserId`, { customerUserId });
  }
}
