import type { MemberFault } from '../platform/errors/index.js';
import type { CustomField } from './custom-field.entity.js';
import { type FieldValue, readValue } from './field-types.js';

/** Values as they are kept: by the id of their field, so that a new field never takes over what one of its name held. `null` for none. */
export type KeptValues = Record<string, FieldValue>;

/** Values as clients see them: by name, `null` where there is none. */
export type FieldValues = Record<string, FieldValue | null>;

/** Values as they come in, by name. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** What is kept after a write, and what is wrong with what was given. */
export interface Written {
  readonly values: KeptValues | null;
  readonly faults: readonly MemberFault[];
}

/** The custom fields of customers, or of customer users, in one organization. */
export class FieldSet {
  constructor(private readonly fields: readonly CustomField[]) {}

  /** Their names, with the types of their values. */
  get definitions(): readonly Pick<CustomField, 'name' | 'type' | 'options'>[] {
    return this.fields;
  }

  /** Every field with its value. */
  shown(kept: KeptValues | null): FieldValues {
    return Object.fromEntries(this.fields.map(({ id, name }) => [name, kept?.[id] ?? null]));
  }

  /**
   * What is kept once `given` is written over it: what is left out stays, `null` clears, and what is kept of deleted fields goes.
   * A value that stays as it was is not refused, even where its field would no longer take it.
   */
  write(given: GivenValues, kept: KeptValues | null): Written {
    const faults: MemberFault[] = [];
    const values: KeptValues = {};
    const fault = (name: string, code: string, detail: string) =>
      faults.push({ pointer: `/customFields/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, detail });
    for (const field of this.fields) {
      const { id, name, required } = field;
      const before = kept?.[id];
      const sent = Object.hasOwn(given, name) ? given[name] : before;
      const reading = sent === null || sent === undefined || sent === before ? { value: sent ?? undefined } : readValue(field, sent);
      if ('code' in reading) fault(name, reading.code, `${name} ${reading.detail}.`);
      else if (reading.value !== undefined) values[id] = reading.value as FieldValue;
      else if (required) fault(name, 'custom_fields.required', `${name} is required.`);
    }
    const known = new Set(this.fields.map(({ name }) => name));
    for (const name of Object.keys(given)) if (!known.has(name)) fault(name, 'custom_fields.unknown', `There is no custom field ${name}.`);
    return { values: Object.keys(values).length > 0 ? values : null, faults };
  }
}
