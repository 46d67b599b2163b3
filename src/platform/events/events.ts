import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Contributions, type DecoratedMethod } from '../contributions/index.js';
import { UnitOfWork } from '../database/index.js';

const LISTENS = 'platform:listens-to';

/** A class of events: what has happened, in the past tense. */
type EventType = new (...parameters: never[]) => object;

interface Listening {
  readonly types: readonly EventType[];
  /** Hears all that are recorded at once. */
  readonly together: boolean;
}

/**
 * Marks the method that hears events of these types. It runs inside the unit of work that recorded the event: what it writes
 * is committed with the change, or not at all. Work that takes time, or may fail on its own, it enqueues as a job.
 */
export function ListensTo(...types: EventType[]): MethodDecorator {
  return listening({ types, together: false });
}

/** The same for a method that takes a list: one event, or as many as were recorded at once, for which it writes few statements. */
export function ListensToAll(...types: EventType[]): MethodDecorator {
  return listening({ types, together: true });
}

const listening =
  (metadata: Listening): MethodDecorator =>
  (_target, _name, descriptor) =>
    Reflect.defineMetadata(LISTENS, metadata, descriptor.value as object);

@Injectable()
export class Events implements OnApplicationBootstrap {
  private readonly listeners = new Map<unknown, DecoratedMethod<Listening>[]>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly contributions: Contributions,
  ) {}

  onApplicationBootstrap(): void {
    for (const listener of this.contributions.methods<Listening>(LISTENS)) {
      for (const type of listener.metadata.types) this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
    }
  }

  /** Tells every listener, in the unit of work that is open; there must be one. */
  record(event: object): Promise<void> {
    return this.recordAll([event]);
  }

  /** The same for any number of events of one type. */
  async recordAll(events: readonly object[]): Promise<void> {
    const [first] = events;
    if (!first) return;
    if (!this.work.isOpen) throw new Error(`${first.constructor.name} was recorded outside of a unit of work.`);
    for (const listener of this.listeners.get(first.constructor) ?? []) {
      if (listener.metadata.together) await listener.call(events);
      else for (const event of events) await listener.call(event);
    }
  }
}
