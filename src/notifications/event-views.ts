import { ApiProperty } from '@nestjs/swagger';
import { operatorsFor } from './conditions.js';
import { type Operator, OPERATORS } from './default-rules.js';
import { EVENT_NAMES, EVENTS, type EventName, sampleOf } from './events.js';
import { isAddress } from './rule-faults.js';

export class EventMemberView {
  @ApiProperty({ example: 'customer.name' })
  path: string;

  /** What a condition may ask of it. */
  @ApiProperty({ enum: OPERATORS, isArray: true })
  operators: readonly Operator[];

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
  @ApiProperty({ enum: ['customer_user', 'oauth_application', 'run'] })
  record: string;

  members: EventMemberView[];
}

export class NotificationEventsView {
  items: NotificationEventView[];
}

export const eventViews = (): NotificationEventsView => ({
  items: EVENT_NAMES.map((event) => ({
    ...{ event, description: EVENTS[event].description, record: EVENTS[event].record },
    members: membersOf(sampleOf(event, { secrets: false })),
  })),
});

function membersOf(sample: Readonly<Record<string, unknown>>, above = ''): EventMemberView[] {
  return Object.entries(sample).flatMap(([name, value]) => {
    const path = `${above}${name}`;
    const member = { path, operators: operatorsFor(value), recipient: isAddress(value), sample: value };
    const record = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [member, ...(record ? membersOf(value as Record<string, unknown>, `${path}.`) : [])];
  });
}
