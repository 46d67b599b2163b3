import { Injectable } from '@nestjs/common';
import { type Context, CurrentContext } from '../platform/context/index.js';
import { Memory } from '../platform/revisions/index.js';
import type { CustomField, FieldEntity } from './custom-field.entity.js';
import { CustomFieldsRepository } from './custom-fields.repository.js';
import { FieldSet, type FieldValues, type GivenValues, type KeptValues, type Written } from './field-set.js';

/** A row that has custom fields. */
interface Holder {
  readonly organizationId: number;
  readonly customFields: KeptValues | null;
}

/**
 * The custom fields of records, for the modules that keep them. The definitions of an organization are read again only when some have
 * changed, and within a request they are the same.
 */
@Injectable()
export class CustomFieldValues {
  private readonly read = new WeakMap<Context, Map<string, FieldSet>>();

  constructor(
    private readonly fields: CustomFieldsRepository,
    private readonly memory: Memory,
    private readonly context: CurrentContext,
  ) {}

  /** What a new record keeps. Only callers of the admin API are held to required fields: the others are not shown any. */
  async created(entity: FieldEntity, organizationId: number, given?: GivenValues): Promise<Written> {
    if (given === undefined && this.context.findPrincipal()?.side !== 'backend') return { values: null, faults: [] };
    return (await this.of(entity, organizationId)).write(given ?? {}, null);
  }

  /** What a record keeps after a change; one that writes no custom fields is not held to them. */
  async changed(entity: FieldEntity, { organizationId, customFields }: Holder, given?: GivenValues): Promise<Written> {
    if (given === undefined) return { values: customFields, faults: [] };
    return (await this.of(entity, organizationId)).write(given, customFields);
  }

  /** What the rows of a page show, in one query at most. */
  async shown(entity: FieldEntity, rows: readonly Holder[]): Promise<(row: Holder) => FieldValues> {
    const sets = await this.ofAll(entity, [...new Set(rows.map(({ organizationId }) => organizationId))]);
    return ({ organizationId, customFields }) => sets.get(organizationId)?.shown(customFields) ?? {};
  }

  /** The fields of an organization, for who reads or writes many of its records at once. */
  of(entity: FieldEntity, organizationId: number): Promise<FieldSet> {
    return this.ofAll(entity, [organizationId]).then((sets) => sets.get(organizationId) ?? new FieldSet([]));
  }

  /** The definitions have changed. */
  forget(): void {
    this.read.delete(this.context.get());
  }

  private async definitions(entity: FieldEntity, organizationIds: readonly number[]): Promise<readonly CustomField[]> {
    const key = `custom fields ${entity} ${organizationIds.join(' ')}`;
    return (await this.memory.recall(key, ['custom-field'], () => this.fields.of(entity, organizationIds))) ?? [];
  }

  private async ofAll(entity: FieldEntity, organizationIds: readonly number[]): Promise<ReadonlyMap<number, FieldSet>> {
    const known = this.known();
    const key = (organizationId: number) => `${entity} ${organizationId}`;
    const unread = organizationIds.filter((id) => !known.has(key(id)));
    const fields = unread.length === 0 ? [] : await this.definitions(entity, unread);
    for (const id of unread) known.set(key(id), new FieldSet(fields.filter(({ organizationId }) => organizationId === id)));
    return new Map(organizationIds.map((id) => [id, known.get(key(id)) ?? new FieldSet([])]));
  }

  private known(): Map<string, FieldSet> {
    const context = this.context.get();
    const known = this.read.get(context) ?? new Map<string, FieldSet>();
    this.read.set(context, known);
    return known;
  }
}
