import { Injectable } from '@nestjs/common';
import { CustomFieldValues, type FieldType } from '../../custom-fields/index.js';
import { EVENTS, type EventName, type KnownEvent, sampleOf } from './events.js';

type Sample = Record<string, unknown>;
type Definition = { readonly name: string; readonly type: FieldType; readonly options: readonly string[] | null };

const VALUES = { string: 'North', text: 'North', integer: 3, decimal: 2.5, boolean: true, date: '2026-11-23' } as const;

const sampleValue = ({ type, options }: Definition) => (type === 'select' ? (options?.[0] ?? VALUES.string) : VALUES[type]);

/** What rules and templates of an organization can know of events: the custom fields of its records among it. */
@Injectable()
export class EventKnowledge {
  constructor(private readonly fields: CustomFieldValues) {}

  /** One plausible event; with one-time links only where they go to the person himself. */
  async sample(event: EventName, organizationId: number, { secrets }: { secrets: boolean }): Promise<Sample> {
    const sample = sampleOf(event, { secrets });
    const { record }: KnownEvent = EVENTS[event];
    if (record !== 'customer_user' && record !== 'customer') return sample;
    const customFields = await this.fieldsOf(record, organizationId);
    if (record === 'customer') return { ...sample, customFields };
    const customer = sample['customer'] as Sample;
    return { ...sample, customFields, customer: { ...customer, customFields: await this.fieldsOf('customer', organizationId) } };
  }

  private async fieldsOf(entity: 'customer_user' | 'customer', organizationId: number): Promise<Sample> {
    const { definitions } = await this.fields.of(entity, organizationId);
    return Object.fromEntries(definitions.map((definition) => [definition.name, sampleValue(definition)]));
  }
}
