import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Operator, OPERATORS, operatorsFor } from '../rules/conditions.js';
import { EventKnowledge } from './event-knowledge.js';
import { EVENT_NAMES, EVENTS, type EventName, RECORD_KINDS, type RecordKind } from './events.js';
import { isAddress } from '../rules/rule-faults.js';

export class EventMemberView {
  @ApiProperty({ example: 'customer.name' })
  path: string;

  /** What a condition may ask of it. */
  @ApiProperty({ enum: OPERATORS, isArray: true })
  operators: readonly Operator[];

  /** Whether the path goes through a list: conditions ask of any of its items, of `all` or of `none`. */
  list: boolean;

  /** Whether a recipient may be found there. */
  recipient: boolean;

  /** What it may hold. */
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'object' }, { type: 'array', items: {} }],
    nullable: true,
  })
  sample: unknown;
}

export class NotificationEventView {
  @ApiProperty({ enum: EVENT_NAMES })
  event: EventName;

  description: string;

  /** What it is about: the record that dry runs and previews can name. */
  @ApiProperty({ enum: RECORD_KINDS })
  record: RecordKind;

  members: EventMemberView[];
}

export class NotificationEventsView {
  items: NotificationEventView[];
}

/** What rules and templates of an organization can know of each event. */
@Injectable()
export class EventViews {
  constructor(private readonly knowledge: EventKnowledge) {}

  async of(organizationId: number): Promise<NotificationEventsView> {
    const items = EVENT_NAMES.map(async (event) => {
      const { description, record } = EVENTS[event];
      const members = membersOf(await this.knowledge.sample(event, organizationId, { secrets: false }));
      return { event, description, record, members };
    });
    return { items: await Promise.all(items) };
  }
}

function membersOf(sample: Readonly<Record<string, unknown>>, above = '', list = false): EventMemberView[] {
  return Object.entries(sample).flatMap(([name, value]) => {
    const path = `${above}${name}`;
    const items = Array.isArray(value);
    const [one]: unknown[] = [value].flat();
    const member = { path, operators: operatorsFor(value), list, recipient: !list && isAddress(value), sample: value };
    const record = typeof one === 'object' && one !== null;
    return [member, ...(record ? membersOf(one as Record<string, unknown>, `${path}.`, list || items) : [])];
  });
}
