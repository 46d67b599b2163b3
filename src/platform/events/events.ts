import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Contributions, type DecoratedMethod } from '../contributions/index.js';
import { UnitOfWork } from '../database/index.js';

const LISTENS = 'platform:listens-to';

/** A class of events, past tense, with the dotted name that rules and logs know it by. */
export interface EventType<E extends object = object> {
  new (...parameters: never[]): E;
  readonly type: string;
}

/**
 * Marks the method that hears events of these types. It runs inside the unit of work that recorded the event: what it writes
 * is committed with the change, or not at all. Work that takes time, or may fail on its own, it enqueues as a job.
 */
export function ListensTo(...types: EventType[]): MethodDecorator {
  return (_target, _name, descriptor) => Reflect.defineMetadata(LISTENS, types, descriptor.value as object);
}

@Injectable()
export class Events implements OnApplicationBootstrap {
  private readonly listeners = new Map<unknown, DecoratedMethod<EventType[]>[]>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly contributions: Contributions,
  ) {}

  onApplicationBootstrap(): void {
    for (const listener of this.contributions.methods<EventType[]>(LISTENS)) {
      for (const type of listener.metadata) this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
    }
  }

  /** Tells every listener, in the unit of work that is open; there must be one. */
  async record(event: object): Promise<void> {
    if (!this.work.isOpen) throw new Error(`${event.constructor.name} was recorded outside of a unit of work.`);
    for (const listener of this.listeners.get(event.constructor) ?? []) await listener.call(event);
  }
}
