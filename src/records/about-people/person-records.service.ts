import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerUsers } from '../../customer-users/index.js';
import { defaultOwner, ownerFaults } from '../../platform/authorization/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../../platform/errors/index.js';
import { History } from '../../platform/history/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { Users } from '../../users/index.js';
import type { PersonRecord } from './person-record.js';
import type { RecordDraft, RecordView } from './record.dto.js';
import { ownerUnknown } from './record.errors.js';
import type { RecordKind } from './record-kind.js';
import { RecordRemoval } from './record-removal.js';
import { RecordRows } from './record-rows.js';
import { RecordViews } from './record-views.js';

/** The records of any kind about the customer users whom the caller reaches. */
@Injectable()
export class PersonRecords {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customerUsers: CustomerUsers,
    private readonly users: Users,
    private readonly views: RecordViews,
    private readonly removal: RecordRemoval,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list<Row extends PersonRecord, Change extends Partial<RecordDraft>, View extends RecordView>(
    kind: RecordKind<Row, Change, View>,
    personId: number,
    request: ListRequest,
  ): Promise<Page<View>> {
    await this.customerUsers.getReachable(personId);
    const { rows, page } = await kind.listing.page(this.rows(kind, personId).reached(), request);
    return { items: await this.views.ofAll(kind, rows), page };
  }

  async get<Row extends PersonRecord, Change extends Partial<RecordDraft>, View extends RecordView>(
    kind: RecordKind<Row, Change, View>,
    personId: number,
    id: number,
  ): Promise<View> {
    return this.views.of(kind, await this.getRow(kind, personId, id));
  }

  async getRow<Row extends PersonRecord, Change extends Partial<RecordDraft>, View extends RecordView>(
    kind: RecordKind<Row, Change, View>,
    personId: number,
    id: number,
  ): Promise<Row> {
    await this.customerUsers.getReachable(personId);
    return this.rows(kind, personId).get(id);
  }

  add<Row extends PersonRecord, Change extends Partial<RecordDraft>, View extends RecordView>(
    kind: RecordKind<Row, Change, View>,
    personId: number,
    draft: Change,
  ): Promise<View> {
    return this.work.run(async () => {
      const { organizationId } = await this.customerUsers.hold(personId);
      const caller = this.context.principal();
      const { create } = kind.permissions;
      const { ownerId = defaultOwner(caller, organizationId) } = draft;
      const now = this.clock.now();
      const row = Object.assign(new kind.table(), { organizationId, customerUserId: personId, ownerId, createdAt: now, updatedAt: now });
      const faults = [...ownerFaults(caller, create, draft.ownerId), ...(await this.ownerFaults(row, draft))];
      refuse([...faults, ...(await kind.apply(row, draft))]);
      const saved = await this.work.repository(kind.table).save(row);
      await this.rows(kind, personId).refuseBeyond(saved.id, create);
      await kind.keepBelongings(saved);
      await this.history.created(kind.history, saved);
      return this.views.of(kind, saved);
    });
  }

  change<Row extends PersonRecord, Change extends Partial<RecordDraft>, View extends RecordView>(
    kind: RecordKind<Row, Change, View>,
    personId: number,
    id: number,
    change: Change,
  ): Promise<View> {
    return this.work.run(async () => {
      await this.customerUsers.hold(personId);
      const rows = this.rows(kind, personId);
      const row = await rows.getForChange(id, kind.permissions.edit);
      await kind.complete([row]);
      const before = { ...row };
      Object.assign(row, change.ownerId !== undefined && { ownerId: change.ownerId });
      refuse([...(await this.ownerFaults(row, change)), ...(await kind.apply(row, change))]);
      if (isDeepStrictEqual({ ...row }, before)) return this.views.of(kind, row);
      const saved = await this.work.repository(kind.table).save(Object.assign(row, { updatedAt: this.clock.now() }));
      // Who may edit his own gives it to nobody else.
      await rows.refuseBeyond(id, kind.permissions.edit);
      await kind.keepBelongings(saved);
      await this.history.changed(kind.history, before, saved);
      return this.views.of(kind, saved);
    });
  }

  remove<Row extends PersonRecord, Change extends Partial<RecordDraft>, View extends RecordView>(
    kind: RecordKind<Row, Change, View>,
    personId: number,
    id: number,
  ): Promise<void> {
    return this.work.run(async () => {
      await this.customerUsers.hold(personId);
      await this.removal.remove(kind, [await this.rows(kind, personId).getForChange(id, kind.permissions.delete)]);
    });
  }

  private rows<Row extends PersonRecord>(
    kind: Pick<RecordKind<Row>, 'table' | 'entity' | 'noun' | 'permissions'>,
    personId: number,
  ): RecordRows<Row> {
    return new RecordRows(this.work, this.context, kind, personId);
  }

  private async ownerFaults({ organizationId }: PersonRecord, { ownerId }: Partial<RecordDraft>): Promise<MemberFault[]> {
    if (ownerId === undefined || (await this.users.known([ownerId], organizationId)).has(ownerId)) return [];
    return [ownerUnknown];
  }
}

function refuse(faults: readonly MemberFault[]): void {
  if (faults.length > 0) throw new InvalidInput(faults);
}
